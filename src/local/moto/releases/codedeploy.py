"""CodeDeploy: deployments to ECS, which the controller carries out.

https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_Operations.html
"""

import copy
import json
from typing import Any

from moto.codedeploy import models, responses
from moto.codedeploy.exceptions import CodeDeployException
from moto.core.utils import unix_time

from . import codedeploy_checks as check
from . import codedeploy_deployments as deployments
from . import documents


def _targets(deployment: deployments.Deployment) -> list[dict[str, Any]]:
    """A deployment to ECS has one target, its service, as soon as it has started."""
    if "target" not in deployment.document:
        raise CodeDeployException(
            "DeploymentNotStartedException",
            f"The deployment {deployment.deployment_id} has not started.",
        )
    target = deployment.document["target"]
    return [{"deploymentTargetType": "ECSTarget", "ecsTarget": target}]


class _Operations:
    """The operations on deployments and revisions."""

    def _revisions(self, application: str) -> dict[str, dict[str, Any]]:
        """The revisions of an application by the SHA-256 of their AppSpec files."""
        known = check.application(self.codedeploy_backend, application)
        return known.__dict__.setdefault("revisions", {})

    def _register(self, application: str, group: str | None = None) -> tuple[str, str]:
        known = self._revisions(application)
        files = {digest: one["content"] for digest, one in known.items()}
        content, digest = check.revision(files, self._get_param("revision"))
        one = known.setdefault(digest, {"content": content, "info": {}})
        info = one["info"]
        info.setdefault("registerTime", unix_time())
        groups = info.setdefault("deploymentGroups", [])
        if group:
            info.setdefault("firstUsedTime", unix_time())
            info["lastUsedTime"] = unix_time()
            groups += [group] if group not in groups else []
        return content, digest

    def register_application_revision(self) -> str:
        _, digest = self._register(self._get_param("applicationName"))
        known = self._revisions(self._get_param("applicationName"))
        known[digest]["info"] |= check.description(self._get_param("description"))
        return "{}"

    def get_application_revision(self) -> str:
        name = self._get_param("applicationName")
        known = self._revisions(name)
        files = {digest: one["content"] for digest, one in known.items()}
        content, digest = check.revision(files, self._get_param("revision"))
        # One that is only given with its content is not known by that.
        check.revision(
            files,
            {"revisionType": "AppSpecContent", "appSpecContent": {"sha256": digest}},
        )
        spec = {"content": content, "sha256": digest}
        return json.dumps(
            {
                "applicationName": name,
                "revision": {"revisionType": "AppSpecContent", "appSpecContent": spec},
                "revisionInfo": known[digest]["info"],
            }
        )

    def get_deployment_config(self) -> str:
        name = self._get_param("deploymentConfigName")
        config = deployments.config(self.codedeploy_backend, name)
        return json.dumps({"deploymentConfigInfo": config})

    def create_deployment(self) -> str:
        backend = self.codedeploy_backend
        name = self._get_param("applicationName")
        group_name = self._get_param("deploymentGroupName")
        application = check.application(backend, name)
        group = check.group(backend, name, group_name)
        config_name = (
            self._get_param("deploymentConfigName") or group.deployment_config_name
        )
        config = deployments.config(
            backend, str(config_name or deployments.ALL_AT_ONCE)
        )
        override = self._get_param("overrideAlarmConfiguration")
        rollback = check.rollback(
            self._get_param("autoRollbackConfiguration")
            or group.auto_rollback_configuration
            or {"enabled": False}
        )
        alarms = check.alarms(override or group.alarm_configuration or {})
        routing = check.ecs_config(config)
        about = check.description(self._get_param("description"))
        content, digest = self._register(name, group_name)
        info = {
            "applicationName": name,
            "deploymentGroupName": group_name,
            "deploymentConfigName": config["deploymentConfigName"],
            "revision": {
                "revisionType": "AppSpecContent",
                "appSpecContent": {"sha256": digest},
            },
            "creator": "user",
            "autoRollbackConfiguration": rollback,
            "deploymentStyle": group.deployment_style,
            "instanceTerminationWaitTimeStarted": False,
            "blueGreenDeploymentConfiguration": group.blue_green_deployment_configuration,
            "loadBalancerInfo": group.load_balancer_info,
            "computePlatform": application.compute_platform,
        }
        if override:
            info["overrideAlarmConfiguration"] = override
        services = group.ecs_services or [{}]
        document = {
            "info": info | about,
            "appSpec": content,
            "group": {
                "serviceRoleArn": group.service_role_arn,
                "deploymentGroupId": group.deployment_group_id,
                "cluster": services[0].get("clusterName", ""),
                "service": services[0].get("serviceName", ""),
            },
            "trafficRouting": routing,
            "alarms": alarms,
        }
        with documents.lock:
            check.not_deploying(backend, name, group_name)
            # The group may change while the deployment runs.
            id = deployments.add(backend, copy.deepcopy(document))
        return json.dumps({"deploymentId": id})

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

    def _request(self, **requests: Any) -> None:
        """Ask something of the controller."""
        id = self._get_param("deploymentId")
        with documents.lock:
            deployment = check.running(self.codedeploy_backend, id)
            deployment.document["requests"] |= requests
            deployments.touch(self.codedeploy_backend, id)

    def stop_deployment(self) -> str:
        # Without a wish, the group's events decide about the rollback.
        wanted = self._get_param("autoRollbackEnabled")
        self._request(stop={} if wanted is None else {"rollBack": wanted})
        message = "The deployment is being stopped."
        return json.dumps({"status": "Pending", "statusMessage": message})

    def continue_deployment(self) -> str:
        wait = self._get_param("deploymentWaitType") or "READY_WAIT"
        if wait not in ("READY_WAIT", "TERMINATION_WAIT"):
            raise CodeDeployException(
                "InvalidDeploymentWaitTypeException",
                f"The wait type {wait} is invalid.",
            )
        deployment = check.running(
            self.codedeploy_backend, self._get_param("deploymentId")
        )
        waits = {
            "READY_WAIT": deployment.info["status"] == "Ready",
            "TERMINATION_WAIT": deployment.info["instanceTerminationWaitTimeStarted"],
        }
        if not waits[wait]:
            raise CodeDeployException(
                "DeploymentIsNotInReadyStateException",
                f"The deployment {deployment.deployment_id} does not wait ({wait}).",
            )
        self._request(continued=[*deployment.document["requests"]["continued"], wait])
        return "{}"

    def put_lifecycle_event_hook_execution_status(self) -> str:
        id = self._get_param("lifecycleEventHookExecutionId")
        status = self._get_param("status")
        if status not in ("Succeeded", "Failed"):
            raise CodeDeployException(
                "InvalidLifecycleEventHookExecutionStatusException",
                f"The status {status} is not Succeeded or Failed.",
            )
        document = self._deployment().document
        if id not in document.get("notes", {}).get("hooks", {}).values():
            raise CodeDeployException(
                "InvalidLifecycleEventHookExecutionIdException",
                f"The execution {id} does not belong to the deployment.",
            )
        hooks = document["requests"]["hooks"]
        if id in hooks:
            raise CodeDeployException(
                "LifecycleEventAlreadyCompletedException",
                "The lifecycle event has already been completed.",
            )
        self._request(hooks=hooks | {id: status})
        return json.dumps({"lifecycleEventHookExecutionId": id})


def apply() -> None:
    """Put the patch on, after the corrections."""
    corrected = responses.CodeDeployResponse
    responses.CodeDeployResponse = type(
        "Response", (_Operations, corrected), {"__module__": __name__}
    )
    documents.register(deployments.KIND, deployments.Deployments())
