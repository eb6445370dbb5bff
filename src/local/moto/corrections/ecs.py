"""ECS.

Stock moto drops settings of a new service: the grace period of its health check, the
rebalancing of zones, ECS Exec, the deployment configuration and ECS's own tags.
"""

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores
from moto.ecs import responses

_DROPPED_SETTINGS = (
    "availabilityZoneRebalancing",
    "deploymentConfiguration",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
)


class Response(responses.EC2ContainerServiceResponse):
    """A CreateService that keeps what it is told."""

    def create_service(self) -> ActionResult:
        result = super().create_service()
        service = result.result["service"]
        for setting in _DROPPED_SETTINGS:
            value = self._get_param(setting)
            if value is not None:
                setattr(service, camelcase_to_underscores(setting), value)
        return result


def apply() -> None:
    """Put the patch on."""
    responses.EC2ContainerServiceResponse = Response
