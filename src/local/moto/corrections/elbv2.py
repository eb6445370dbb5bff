"""Elastic Load Balancing.

Stock moto keeps certificates and security policy of a listener that turns to HTTP, and
lets a listener turn to a port that another one has. A target group of it has no duration
of its cookie until a client sets one; AWS's has a day.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2 import models, responses
from moto.elbv2.exceptions import DuplicateListenerError

stock_create_target_group = models.ELBv2Backend.create_target_group


class Response(responses.ELBV2Response):
    """A ModifyListener that checks and clears what AWS does."""

    def _check_port(self) -> None:
        arn, port = self._get_param("ListenerArn"), self._get_param("Port")
        listener = self.elbv2_backend.describe_listeners(None, [arn])[0]
        others = self.elbv2_backend.describe_listeners(listener.load_balancer_arn, [])
        if any(other.arn != arn and other.port == port for other in others):
            raise DuplicateListenerError()

    def modify_listener(self) -> ActionResult:
        self._check_port()
        result = super().modify_listener()
        listener = result.result["Listeners"][0]
        if listener.protocol == "HTTP":
            listener.certificate = listener.ssl_policy = None
            listener.certificates = []
        return result


def create_target_group(self: Any, name: str, **kwargs: Any) -> Any:
    """A target group with the attributes that AWS gives it."""
    group = stock_create_target_group(self, name, **kwargs)
    if group.attributes.get("stickiness.type") == "lb_cookie":
        group.attributes.setdefault("stickiness.lb_cookie.duration_seconds", "86400")
    return group


def apply() -> None:
    """Put the patches on."""
    models.ELBv2Backend.create_target_group = create_target_group
    responses.ELBV2Response = Response
