"""Stand-ins for what a configuration names and no stack makes.

``POST /codeseries/stand-ins`` takes a list of them and makes each that does not exist,
with the id that it has in the configuration. The answer says of each whether it is a
stand-in, whenever it was made: a person may have made one of their own.
"""

from typing import Any

from flask import Flask, request

from . import named, network

PATH = "/codeseries/stand-ins"

KINDS = named.KINDS | network.KINDS
"""Whether one exists, and how it is made, by kind."""

_made: set[tuple[str, str, str]] = set()

app = Flask(__name__)


def _ensure(wanted: dict[str, Any]) -> bool:
    """Make it if it does not exist. Whether it is a stand-in."""
    key = wanted["kind"], wanted["account"], wanted["id"]
    exists, make = KINDS[wanted["kind"]]
    if not exists(wanted):
        make(wanted)
        _made.add(key)
    return key in _made


@app.post(PATH)
def ensure() -> list[bool]:
    """Make all that do not exist."""
    return [_ensure(one) for one in request.get_json()]
