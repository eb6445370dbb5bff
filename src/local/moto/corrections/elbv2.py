"""Elastic Load Balancing.

Stock moto gives a listener of HTTP a security policy, keeps it and the certificates of one
that turns to HTTP, and lets a listener turn to a port that another one has. A target group of it has no duration
of its cookie until a client sets one; AWS's has a day.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2 import models, responses
from moto.elbv2.exceptions import DuplicateListenerError

stock_create_target_group = models.ELBv2Backend.create_target_group


class Response(responses.ELBV2Response):
    """Listeners that are checked and cleared as AWS does it."""

    def create_listener(self) -> ActionResult:
        result = super().create_listener()
        _clear_tls(result.result["Listeners"][0])
        return result

    def _check_port(self) -> None:
        arn, port = self._get_param("ListenerArn"), self._get_param("Port")
        listener = self.elbv2_backend.describe_listeners(None, [arn])[0]
        others = self.elbv2_backend.describe_listeners(listener.load_balancer_arn, [])
        if any(other.arn != arn and other.port == port for other in others):
            raise DuplicateListenerError()

    def modify_listener(self) -> ActionResult:
        self._check_port()
        result = super().modify_listener()
        _clear_tls(result.result["Listeners"][0])
        return result


def _clear_tls(listener: Any) -> None:
    if listener.protocol == "HTTP":
        listener.certificate = listener.ssl_policy = None
        listener.certificates = []


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
