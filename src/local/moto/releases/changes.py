"""Changes, for a client that waits for them.

A revision counts the writes to the services that a release uses.

``GET /codeseries/changes?since=<revision>&wait=<seconds>`` answers as soon as the
revision is greater, at the latest after the wait.
``PUT /codeseries/changes/<process>`` with a revision says that a process has acted on it;
``GET /codeseries/changes/<process>`` says which that was.
"""

import re
import threading

from flask import Flask, request
from moto.core.common_types import TYPE_RESPONSE
from moto.core.responses import BaseResponse

PATH = "/codeseries/changes"

_SERVICES = {
    "application-autoscaling",
    "applicationautoscaling",
    "codebuild",
    "codecommit",
    "codedeploy",
    "codepipeline",
    "ecs",
    "elbv2",
    "events",
}
"""Metrics and logs are written all the time, and nothing waits for them."""

READS = re.compile(r"(Describe|Get|List|BatchGet|Validate)")
"""Operations that change nothing."""

_condition = threading.Condition()
_revision = 0
_acted_on: dict[str, int] = {}

_call_action = BaseResponse.call_action

app = Flask(__name__)


def bump() -> int:
    """Count a change, and wake everybody who waits for one."""
    global _revision
    with _condition:
        _revision += 1
        _condition.notify_all()
        return _revision


def call_action(self: BaseResponse) -> TYPE_RESPONSE:
    """Run the requested operation; one that wrote something is a change."""
    answer = _call_action(self)
    status = answer[0]
    action = self._get_action() or ""
    writes = self.service_name in _SERVICES and not READS.match(action)
    if writes and isinstance(status, int) and status < 300:
        bump()
    return answer


@app.get(PATH)
def wait() -> dict[str, int]:
    """Wait for a change."""
    since = request.args.get("since", -1, int)
    seconds = request.args.get("wait", 0, float)
    with _condition:
        _condition.wait_for(lambda: _revision > since, seconds)
        return {"revision": _revision}


@app.put(f"{PATH}/<process>")
def act(process: str) -> dict[str, int]:
    """Note the revision that a process has acted on."""
    _acted_on[process] = request.get_json()["revision"]
    return {"revision": _acted_on[process]}


@app.get(f"{PATH}/<process>")
def acted(process: str) -> dict[str, int]:
    """The revision that a process has acted on, and the newest one."""
    return {"revision": _acted_on.get(process, -1), "newest": _revision}


def apply() -> None:
    """Put the patch on, after those that change ``call_action`` before."""
    global _call_action
    _call_action = BaseResponse.call_action
    BaseResponse.call_action = call_action
