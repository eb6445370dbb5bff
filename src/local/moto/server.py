"""The embedded AWS: moto's server, corrected for the Terraform AWS provider.

    python3 server.py --host 127.0.0.1 --port 5000

One line on standard error names each operation that Terraform asked for and moto lacks.
"""

import gc

# What is read at the start stays in memory. Collections would take half of the start.
gc.disable()

import os

# No browser asks, and the headers for one are a twentieth of a request's time.
os.environ.setdefault("MOTO_DISABLE_GLOBAL_CORS", "true")

import argparse
import io
import logging
import re
import threading
import warnings
from collections.abc import Iterable
from typing import Any

from flask import Flask, request
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    create_backend_app,
)
from werkzeug.exceptions import NotFound
from werkzeug.serving import run_simple
from werkzeug.wsgi import get_input_stream

import once  # noqa: F401 - before a session reads the description of a service
import stand_ins
from answers import Answers
from connections import Handler
from corrections import PATCHES as CORRECTIONS
from corrections import gaps
from releases import PATCHES as RELEASES
from releases import changes, cloudwatch, documents, ecr_layers

_PATCHES = (*CORRECTIONS, *RELEASES)

_ROUTES = {
    changes.PATH: changes.app,
    cloudwatch.PATH: cloudwatch.app,
    documents.PATH: documents.app,
    ecr_layers.PATH: ecr_layers.app,
    stand_ins.PATH: stand_ins.app,
}
"""Our own, by the beginning of their paths."""


def refuse(_: NotFound) -> tuple[str, int]:
    """Answer a request that moto has no route for."""
    scope = re.search(r"Credential=\S+/(\S+)/aws4_request", str(request.authorization))
    service = scope[1] if scope else None
    target = request.headers.get("X-Amz-Target", f"{request.method} {request.path}")
    return gaps.report(service, target.split(".")[-1]), 400


def create_app(service: str | None) -> Flask:
    """moto's application for a service, also for one that moto does not know."""
    app = create_backend_app(service) if service else Flask("unknown service")
    app.register_error_handler(NotFound, refuse)
    return app


class Application(DomainDispatcherApplication):
    """moto's server, whose requests count as TLS: it stands for endpoints of AWS.

    moto reads its data while another request changes them, and then answers 500, also to a
    request that it has carried out. So it gets one request at a time. Objects of S3, which
    can be large, do not hold up the other services.
    """

    _backends: dict[str | None, Any] = {}
    _objects = (threading.Lock(), Answers())
    _others = (threading.Lock(), Answers())

    def get_backend_for_host(self, host: str | None) -> Any:
        """Ask moto once for a host: it lists its folders, while other requests wait."""
        if host not in self._backends:
            self._backends[host] = super().get_backend_for_host(host)
        return self._backends[host]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        for path, app in _ROUTES.items():
            if environ["PATH_INFO"].startswith(path):
                return app(environ, start_response)
        environ["wsgi.url_scheme"] = "https"
        app = self.get_application(environ)
        if getattr(app, "service", "") == "s3":
            lock, answers = self._objects
        else:
            lock, answers = self._others
            # A client that stops in the middle of a request does not stop the others.
            environ["wsgi.input"] = io.BytesIO(get_input_stream(environ).read())
        with lock:
            return answers.of(app, environ)(environ, start_response)


def apply() -> None:
    """Correct moto, before its first request."""
    # No stack names a machine image; to make them takes a second in each account.
    os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
    for patch in _PATCHES:
        patch.apply()
    gc.freeze()
    gc.enable()


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5000)
    options = parser.parse_args()
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    apply()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="moto")
    app = Application(create_app)
    run_simple(options.host, options.port, app, threaded=True, request_handler=Handler)


if __name__ == "__main__":
    main()
