"""Documents that only a service itself writes, such as the state of an execution.

``GET /codeseries/documents/<kind>`` lists all of a kind, in every account and region.
``PUT /codeseries/documents/<kind>/<account>/<region>/<id>`` writes one, and is refused
with HTTP 409 if it has changed since the revision that the writer has read.
"""

import threading
from typing import Any, Protocol

from flask import Flask, request

from . import changes

PATH = "/codeseries/documents"

Key = tuple[str, str, str, str]
"""Kind, account, region and id."""


class Conflict(Exception):
    """A write that does not fit what others have written meanwhile.

    It is refused as a write at an old revision is.
    """


class Kind(Protocol):
    """Where the documents of one kind are kept."""

    def read(self) -> dict[tuple[str, str, str], Any]:
        """All of them, by account, region and id."""

    def write(self, account: str, region: str, id: str, document: Any) -> None:
        """Replace one."""


_kinds: dict[str, Kind] = {}
_revisions: dict[Key, int] = {}
lock = threading.RLock()
"""Held by everybody who changes a document."""

app = Flask(__name__)


def register(name: str, kind: Kind) -> None:
    """Make a kind known."""
    _kinds[name] = kind


def touch(kind: str, account: str, region: str, id: str) -> int:
    """Count a change of a document. Operations of the API call it, too."""
    with lock:
        key = (kind, account, region, id)
        _revisions[key] = _revisions.get(key, 0) + 1
        changes.bump()
        return _revisions[key]


@app.get(f"{PATH}/<kind>")
def read(kind: str) -> list[dict[str, Any]]:
    """All documents of a kind."""
    with lock:
        return [
            {
                "account": account,
                "region": region,
                "id": id,
                "revision": _revisions.get((kind, account, region, id), 0),
                "document": document,
            }
            for (account, region, id), document in _kinds[kind].read().items()
        ]


@app.put(f"{PATH}/<kind>/<account>/<region>/<path:id>")
def write(kind: str, account: str, region: str, id: str) -> tuple[dict[str, int], int]:
    """Replace a document that nobody has changed meanwhile."""
    with lock:
        known = _revisions.get((kind, account, region, id), 0)
        wanted = request.get_json()
        if wanted["revision"] != known:
            return {"revision": known}, 409
        try:
            _kinds[kind].write(account, region, id, wanted["document"])
        except Conflict:
            return {"revision": known}, 409
        return {"revision": touch(kind, account, region, id)}, 200
