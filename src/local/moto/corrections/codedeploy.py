"""CodeDeploy.

Stock moto writes dates as text where the protocol has seconds since the epoch, returns
no alarm configuration of a deployment group, and can neither change nor delete a group,
delete an application, nor hold a deployment configuration.
"""

import json
import uuid
from typing import Any

from moto.codedeploy import models, responses
from moto.codedeploy.exceptions import CodeDeployException
from moto.core.utils import camelcase_to_underscores, unix_time


class Application(models.Application):
    """An application with a date that a client can read."""

    __module__ = models.Application.__module__

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.create_time = unix_time()


class Group(models.DeploymentGroup):
    """A deployment group that shows its alarms."""

    __module__ = models.DeploymentGroup.__module__

    def to_dict(self) -> dict[str, Any]:
        return super().to_dict() | {
            "alarmConfiguration": self.alarm_configuration or {}
        }


class Backend(models.CodeDeployBackend):
    """A backend that holds deployment configurations."""

    __module__ = models.CodeDeployBackend.__module__

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deployment_configs: dict[str, dict[str, Any]] = {}


class Response(responses.CodeDeployResponse):
    """The operations that stock moto lacks."""

    @property
    def _configs(self) -> dict[str, dict[str, Any]]:
        return self.codedeploy_backend.deployment_configs

    def _config(self) -> dict[str, Any]:
        name = self._get_param("deploymentConfigName")
        if name not in self._configs:
            raise CodeDeployException(
                "DeploymentConfigDoesNotExistException", f"{name} does not exist"
            )
        return self._configs[name]

    def create_deployment_config(self) -> str:
        config = json.loads(self.body) | {
            "deploymentConfigId": str(uuid.uuid4()),
            "createTime": unix_time(),
        }
        self._configs[config["deploymentConfigName"]] = config
        return json.dumps({"deploymentConfigId": config["deploymentConfigId"]})

    def get_deployment_config(self) -> str:
        return json.dumps({"deploymentConfigInfo": self._config()})

    def delete_deployment_config(self) -> str:
        del self._configs[self._config()["deploymentConfigName"]]
        return "{}"

    def update_deployment_group(self) -> str:
        application = self._get_param("applicationName")
        name = self._get_param("currentDeploymentGroupName")
        group = self.codedeploy_backend.get_deployment_group(application, name)
        changes = {
            camelcase_to_underscores(key): value
            for key, value in json.loads(self.body).items()
        }
        group.deployment_group_name = changes.get("new_deployment_group_name", name)
        for attribute in vars(group).keys() & changes.keys():
            setattr(group, attribute, changes[attribute])
        groups = self.codedeploy_backend.deployment_groups[application]
        groups[group.deployment_group_name] = groups.pop(name)
        return json.dumps({"hooksNotCleanedUp": []})

    def delete_deployment_group(self) -> str:
        application = self._get_param("applicationName")
        groups = self.codedeploy_backend.deployment_groups.get(application, {})
        groups.pop(self._get_param("deploymentGroupName"), None)
        return json.dumps({"hooksNotCleanedUp": []})

    def delete_application(self) -> str:
        name = self._get_param("applicationName")
        self.codedeploy_backend.deployment_groups.pop(name, None)
        self.codedeploy_backend.applications.pop(name, None)
        return "{}"


def apply() -> None:
    """Put the patch on."""
    models.Application = Application
    models.DeploymentGroup = Group
    models.codedeploy_backends.backend = Backend
    responses.CodeDeployResponse = Response
