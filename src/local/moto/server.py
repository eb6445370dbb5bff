"""The embedded AWS: moto's server, corrected so that the Terraform AWS provider can work with it.

    python3 server.py --host 127.0.0.1 --port 5000

One line on standard error names each operation that Terraform asked for and moto lacks.
"""

import argparse
import logging
import os
from collections.abc import Iterable
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

import codebuild
import codecommit
import codedeploy
import codepipeline
import ec2
import ecs
import gaps
import s3

_PATCHES = (codebuild, codecommit, codedeploy, codepipeline, ec2, ecs, gaps, s3)


class Application(DomainDispatcherApplication):
    """Moto's server in the place of endpoints that speak TLS, as policies can ask for."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return super().__call__(environ | {"wsgi.url_scheme": "https"}, start_response)


def apply() -> None:
    """Correct moto, before its first request."""
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    for patch in _PATCHES:
        patch.apply()


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5000)
    options = parser.parse_args()
    apply()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    run_simple(options.host, options.port, Application(create_backend_app), threaded=True)


if __name__ == "__main__":
    main()
