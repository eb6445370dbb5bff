"""A stand-in for a container on a machine without an engine: it runs no image.

Standard input is a JSON document: ``name``, ``digest``, ``ports`` (of the container),
``ready`` (a file for the ports of 127.0.0.1 that it got), ``ends`` (exit at once: other
containers of the task wait for its end). It answers every request with 200.
"""

import json
import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SPEC = json.load(sys.stdin)


def say(text: str) -> None:
    """A line of the log."""
    print(f"STAND-IN {SPEC['name']}: {text}", flush=True)


class Answer(BaseHTTPRequestHandler):
    """The image's digest, whatever is asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = f"STAND-IN {SPEC['digest']}\n".encode()
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_DELETE = do_HEAD = do_OPTIONS = do_PATCH = do_POST = do_PUT = do_GET

    def log_message(self, *arguments: object) -> None:
        """Health checks would fill the log."""


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    say(f"no container engine; answers for {SPEC['digest']} on {SPEC['ports']}")
    if SPEC["ends"]:
        return
    servers = {
        port: ThreadingHTTPServer(("127.0.0.1", 0), Answer) for port in SPEC["ports"]
    }
    for server in servers.values():
        threading.Thread(target=server.serve_forever, daemon=True).start()
    ports = {port: server.server_port for port, server in servers.items()}
    Path(f"{SPEC['ready']}.new").write_text(json.dumps(ports))
    os.replace(f"{SPEC['ready']}.new", SPEC["ready"])
    threading.Event().wait()


if __name__ == "__main__":
    main()
