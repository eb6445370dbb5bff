"""Answers that a client can ask for again.

A client that has lost an answer repeats its request with the same invocation id. Go's
HTTP client, and so Terraform, can lose one: if the server answers before the client has
finished its side of the request, the client closes the connection. On a busy machine that
happens, because the embedded AWS answers within milliseconds. A request that is carried
out twice would be refused as a duplicate.
"""

from typing import Any

from werkzeug.wrappers import Response

_KEPT = 1000
_MAX_BYTES = 100_000
_READS = ("GET", "HEAD")


class Answers:
    """Carries each request out once, and keeps the last answers."""

    def __init__(self) -> None:
        self._kept: dict[str, Response] = {}

    def of(self, app: Any, environ: dict[str, Any]) -> Any:
        """The answer to a request, as an application.

        It is kept if the request may have changed something and did not fail: a client
        also repeats a request that failed, to try again.
        """
        id = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if id is None or environ["REQUEST_METHOD"] in _READS:
            return app
        if id not in self._kept:
            answer = Response.from_app(app, environ, buffered=True)
            if answer.status_code >= 400 or len(answer.data) > _MAX_BYTES:
                return answer
            self._kept[id] = answer
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return self._kept[id]
