"""Connections that serve many requests, as those of AWS do.

werkzeug's server closes the connection after each answer. A new connection and a new thread
for each request take most of the processor time of a short one, on both sides.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from itertools import chain
from typing import Any

from werkzeug.debug.tbtools import DebugTraceback
from werkzeug.exceptions import ClientDisconnected, InternalServerError
from werkzeug.serving import WSGIRequestHandler
from werkzeug.wsgi import get_input_stream

_PIECE = 1 << 16

_WITHOUT_BODY = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}


class Handler(WSGIRequestHandler):
    """Answers the requests of a connection, one after the other, until the client closes it.

    Header and body of a short answer are sent together: a client that closes the connection
    early (``answers``) then has all of most answers.
    """

    protocol_version = "HTTP/1.1"
    wbufsize = _PIECE
    disable_nagle_algorithm = True

    def handle_expect_100(self) -> bool:
        """Let a client go on that waits before it sends the body."""
        is_expected = super().handle_expect_100()
        self.wfile.flush()
        return is_expected

    def run_wsgi(self) -> None:
        """Answer one request."""
        self.environ = environ = self.make_environ()
        body = environ["wsgi.input"] = get_input_stream(environ)
        environ["wsgi.input_terminated"] = True
        answer = _Answer(self)
        try:
            answer.of(self.server.app)
            # What the application has not read stands before the next request.
            while body.read(_PIECE):
                pass
        except (ConnectionError, ClientDisconnected, TimeoutError) as error:
            self.close_connection = True
            self.connection_dropped(error, environ)
        except Exception as error:
            self.close_connection = True
            text = DebugTraceback(error).render_traceback_text()
            self.server.log("error", f"Error on request:\n{text}")
            if not answer.is_begun:
                answer.of(InternalServerError())


class _Answer:
    """One answer on a connection."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._head: tuple[str, list[tuple[str, str]]] | None = None
        self._is_chunked = False
        self.is_begun = False

    def of(self, app: Callable[..., Iterable[bytes]]) -> None:
        """Send what an application answers."""
        answer = app(self._handler.environ, self._start)
        try:
            pieces = iter(answer)
            first = next(pieces, b"")
            self._begin()
            for piece in chain([first], pieces):
                self._write(piece)
            if self._is_chunked:
                self._handler.wfile.write(b"0\r\n\r\n")
            self._handler.wfile.flush()
        finally:
            close = getattr(answer, "close", None)
            if close:
                close()

    def _start(self, status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        self._head = (status, headers)

    def _begin(self) -> None:
        assert self._head, "the application did not start an answer"
        (code, _, reason), headers = self._head[0].partition(" "), self._head[1]
        handler = self._handler
        self.is_begun = True
        handler.send_response(int(code), reason)
        for header in headers:
            handler.send_header(*header)
        has_length = any(name.lower() == "content-length" for name, _ in headers)
        has_body = handler.command != "HEAD" and int(code) not in _WITHOUT_BODY
        if has_body and not has_length:
            self._is_chunked = handler.request_version >= "HTTP/1.1"
            if self._is_chunked:
                handler.send_header("Transfer-Encoding", "chunked")
            else:
                handler.close_connection = True
        if handler.close_connection:
            handler.send_header("Connection", "close")
        handler.end_headers()

    def _write(self, piece: bytes) -> None:
        write = self._handler.wfile.write
        if self._handler.command == "HEAD" or not piece:
            return
        if self._is_chunked:
            write(b"%x\r\n%s\r\n" % (len(piece), piece))
        else:
            write(piece)
