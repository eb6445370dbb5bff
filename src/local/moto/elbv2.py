"""Elastic Load Balancing.

Stock moto keeps certificates and security policy of a listener that turns to HTTP, and
lets a listener turn to a port that another one has.
"""

from moto.core.responses import ActionResult
from moto.elbv2 import responses
from moto.elbv2.exceptions import DuplicateListenerError


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


def apply() -> None:
    """Put the patch on."""
    responses.ELBV2Response = Response
