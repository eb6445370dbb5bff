"""Deployments of CodeDeploy as documents, which the controller moves on.

The document of a deployment (kind ``codedeploy-deployment``):

- ``info``: what GetDeployment shows
- ``appSpec``: the text of its AppSpec file
- ``group``: ``serviceRoleArn``, ``deploymentGroupId``, ``cluster`` and ``service``
- ``trafficRouting``: how its configuration shifts traffic
- ``alarms``: the alarm configuration that it obeys
- ``requests``: what operations of the API ask of the controller: ``stop``, ``continued``, ``hooks``
- ``target`` and ``notes``: what the controller writes while the deployment runs
- ``rollBack``: the controller asks for a rollback with the write that ends a deployment
- ``rollsBack``: of a rollback, the notes of the deployment that it rolls back
"""

import random
import string
import uuid
from typing import Any

from moto.codedeploy import models
from moto.codedeploy.exceptions import CodeDeployException
from moto.core.utils import unix_time

from . import documents

KIND = "codedeploy-deployment"

ENDED = ("Succeeded", "Failed", "Stopped")

ALL_AT_ONCE = "CodeDeployDefault.ECSAllAtOnce"


def _linear(percentage: int, minutes: int) -> dict[str, Any]:
    by_time = {"linearPercentage": percentage, "linearInterval": minutes}
    return {"type": "TimeBasedLinear", "timeBasedLinear": by_time}


def _canary(percentage: int, minutes: int) -> dict[str, Any]:
    by_time = {"canaryPercentage": percentage, "canaryInterval": minutes}
    return {"type": "TimeBasedCanary", "timeBasedCanary": by_time}


_BUILT_IN = {
    ALL_AT_ONCE: {"type": "AllAtOnce"},
    "CodeDeployDefault.ECSLinear10PercentEvery1Minutes": _linear(10, 1),
    "CodeDeployDefault.ECSLinear10PercentEvery3Minutes": _linear(10, 3),
    "CodeDeployDefault.ECSCanary10Percent5Minutes": _canary(10, 5),
    "CodeDeployDefault.ECSCanary10Percent15Minutes": _canary(10, 15),
}


def config(backend: Any, name: str) -> dict[str, Any]:
    """A deployment configuration, AWS's own or an account's."""
    if name in _BUILT_IN:
        return {
            "deploymentConfigId": str(uuid.uuid5(uuid.NAMESPACE_DNS, name)),
            "deploymentConfigName": name,
            "computePlatform": "ECS",
            "trafficRoutingConfig": _BUILT_IN[name],
        }
    if name not in backend.deployment_configs:
        raise CodeDeployException(
            "DeploymentConfigDoesNotExistException",
            f"No deployment configuration found for name: {name}",
        )
    return backend.deployment_configs[name]


class Deployment:
    """A deployment that moto's own operations can show."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    @property
    def info(self) -> dict[str, Any]:
        return self.document["info"]

    @property
    def deployment_id(self) -> str:
        return self.info["deploymentId"]

    @property
    def has_ended(self) -> bool:
        return self.info["status"] in ENDED

    def to_dict(self) -> dict[str, Any]:
        return self.info


def new_id() -> str:
    return "d-" + "".join(random.choices(string.ascii_uppercase + string.digits, k=9))


def touch(backend: Any, id: str) -> None:
    documents.touch(KIND, backend.account_id, backend.region_name, id)


def add(backend: Any, document: dict[str, Any]) -> str:
    """Start a deployment: the controller finds it."""
    id = document["info"]["deploymentId"] = new_id()
    document["info"] |= {"status": "Created", "createTime": unix_time()}
    document["requests"] = {"continued": [], "hooks": {}}
    backend.deployments[id] = Deployment(document)
    touch(backend, id)
    return id


def _last_good(backend: Any, info: dict[str, Any]) -> dict[str, Any]:
    """The revision that runs again after a rollback, if CodeDeploy deployed it."""
    same = ("applicationName", "deploymentGroupName")
    good = [
        {"revision": one.info["revision"]}
        for one in backend.deployments.values()
        if one.info["status"] == "Succeeded"
        and "revision" in one.info
        and all(one.info[key] == info[key] for key in same)
    ]
    return good[-1] if good else {}


def roll_back(backend: Any, bad: Deployment) -> None:
    """Start the deployment that rolls another one back. It does not obey alarms: one may have ended the other."""
    info, document = bad.info, bad.document
    kept = (
        "applicationName",
        "deploymentGroupName",
        "deploymentStyle",
        "blueGreenDeploymentConfiguration",
        "loadBalancerInfo",
        "computePlatform",
    )
    message = f"is triggered to roll back deployment {bad.deployment_id}."
    id = add(
        backend,
        {
            "info": {key: info[key] for key in kept}
            | _last_good(backend, info)
            | {
                "deploymentConfigName": ALL_AT_ONCE,
                "creator": "codeDeployRollback",
                "autoRollbackConfiguration": {"enabled": False},
                "instanceTerminationWaitTimeStarted": False,
                "rollbackInfo": {"rollbackTriggeringDeploymentId": bad.deployment_id},
            },
            "appSpec": document["appSpec"],
            "group": document["group"],
            "trafficRouting": _BUILT_IN[ALL_AT_ONCE],
            "alarms": {"enabled": False, "alarms": []},
            "rollsBack": document["notes"],
        },
    )
    rollback = backend.deployments[id].info["rollbackInfo"]
    rollback["rollbackMessage"] = f"Deployment {id} {message}"
    ended = "failed" if info["status"] == "Failed" else "terminated"
    info["rollbackInfo"] = {
        "rollbackDeploymentId": id,
        "rollbackMessage": f"Deployment {bad.deployment_id} {ended}. Automatic rollback is "
        f"triggered with a DeploymentId {id}.",
    }


class Deployments:
    """All deployments, as documents."""

    def read(self) -> dict[tuple[str, str, str], Any]:
        return {
            (account, region, id): deployment.document
            for account, regions in models.codedeploy_backends.items()
            for region, backend in regions.items()
            for id, deployment in backend.deployments.items()
        }

    def write(self, account: str, region: str, id: str, document: Any) -> None:
        backend = models.codedeploy_backends[account][region]
        wanted = document.pop("rollBack", False)
        backend.deployments[id] = Deployment(document)
        if wanted:
            roll_back(backend, backend.deployments[id])
