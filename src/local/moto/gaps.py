"""What moto lacks.

Stock moto answers an operation that it lacks with HTTP 500. A client takes that for a passing fault
and tries again: Terraform hangs for minutes. Here the client gets HTTP 400 and gives up, and the gap
is named on standard error.
"""

import sys

from moto.core.common_types import TYPE_RESPONSE
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse

_call_action = BaseResponse.call_action


def call_action(self: BaseResponse) -> TYPE_RESPONSE:
    """Run the requested operation, or say that there is none."""
    try:
        return _call_action(self)
    except NotImplementedError:
        gap = f"embedded AWS has no {self.service_name}.{self._get_action()}"
        print(gap, file=sys.stderr, flush=True)
        return self.serialized(ActionResult(ServiceException("UnsupportedOperation", gap)))


def apply() -> None:
    """Put the patch on."""
    BaseResponse.call_action = call_action
