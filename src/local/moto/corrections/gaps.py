"""What moto lacks.

Stock moto answers an operation that it lacks with HTTP 500. A client takes that for a
passing fault and tries again: Terraform hangs for minutes. Here the client gets HTTP
400 and gives up, and the gap is named on standard error.
"""

import sys

from moto.core.common_types import TYPE_RESPONSE
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse

_call_action = BaseResponse.call_action


class UnsupportedOperation(ServiceException):
    """What the client gets."""

    code = "UnsupportedOperation"


def report(service: str | None, operation: str) -> str:
    """Name a gap on standard error."""
    gap = f"embedded AWS has no {service}.{operation}"
    print(gap, file=sys.stderr, flush=True)
    return gap


def call_action(self: BaseResponse) -> TYPE_RESPONSE:
    """Run the requested operation, or say that there is none."""
    try:
        return _call_action(self)
    except NotImplementedError:
        gap = report(self.service_name, self._get_action())
        return self.serialized(ActionResult(UnsupportedOperation(gap)))


def apply() -> None:
    """Put the patch on."""
    BaseResponse.call_action = call_action
