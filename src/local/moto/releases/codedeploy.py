"""CodeDeploy: deployments to ECS, which the controller carries out.

https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_Operations.html
"""

import json
from typing import Any

from moto.codedeploy import responses
from moto.codedeploy.exceptions import CodeDeployException

from . import codedeploy_checks as check
from . import codedeploy_deployments as deployments
from . import documents
from .codedeploy_create import Creation
from .codedeploy_requests import Requests


def _targets(deployment: deployments.Deployment) -> list[dict[str, Any]]:
    """A deployment to ECS has one target, its service, as soon as it has started."""
    if "target" not in deployment.document:
        raise CodeDeployException(
            "DeploymentNotStartedException",
            f"The deployment {deployment.deployment_id} has not started.",
        )
    target = deployment.document["target"]
    return [{"deploymentTargetType": "ECSTarget", "ecsTarget": target}]


class _Operations(Creation, Requests):
    """The operations on deployments; these only read."""

    def get_deployment_config(self) -> str:
        name = self._get_param("deploymentConfigName")
        config = deployments.config(self.codedeploy_backend, name)
        return json.dumps({"deploymentConfigInfo": config})

    def _deployment(self) -> deployments.Deployment:
        return check.existing(self.codedeploy_backend, self._get_param("deploymentId"))

    def get_deployment(self) -> str:
        return json.dumps({"deploymentInfo": self._deployment().to_dict()})

    def list_deployments(self) -> str:
        name = self._get_param("applicationName")
        group = self._get_param("deploymentGroupName")
        if name or group:
            check.application(self.codedeploy_backend, name)
            check.group(self.codedeploy_backend, name, group)
        statuses = self._get_param("includeOnlyStatuses")
        span = self._get_param("createTimeRange") or {}
        found = [
            id
            for id, one in self.codedeploy_backend.deployments.items()
            if name in (None, one.info["applicationName"])
            and group in (None, one.info["deploymentGroupName"])
            and (not statuses or one.info["status"] in statuses)
            and span.get("start", 0) <= one.info["createTime"]
            and one.info["createTime"] <= span.get("end", float("inf"))
        ]
        return json.dumps({"deployments": found[::-1]})

    def list_deployment_targets(self) -> str:
        ids = [one["ecsTarget"]["targetId"] for one in _targets(self._deployment())]
        return json.dumps({"targetIds": ids})

    def _wanted_targets(self, ids: list[str]) -> list[dict[str, Any]]:
        targets = {
            one["ecsTarget"]["targetId"]: one for one in _targets(self._deployment())
        }
        for id in ids:
            if id not in targets:
                raise CodeDeployException(
                    "DeploymentTargetDoesNotExistException",
                    f"The deployment target {id} does not exist in the deployment.",
                )
        return [targets[id] for id in ids]

    def get_deployment_target(self) -> str:
        [target] = self._wanted_targets([self._get_param("targetId")])
        return json.dumps({"deploymentTarget": target})

    def batch_get_deployment_targets(self) -> str:
        targets = self._wanted_targets(self._get_param("targetIds") or [])
        return json.dumps({"deploymentTargets": targets})


def apply() -> None:
    """Put the patch on, after the corrections."""
    corrected = responses.CodeDeployResponse
    responses.CodeDeployResponse = type(
        "Response", (_Operations, corrected), {"__module__": __name__}
    )
    documents.register(deployments.KIND, deployments.Deployments())
