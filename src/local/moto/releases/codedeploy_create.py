"""CodeDeploy: what starts a deployment, and its revisions."""

import copy
import json
from typing import Any

from moto.core.utils import unix_time

from . import codedeploy_checks as check
from . import codedeploy_deployments as deployments
from . import documents


class Creation:
    """CreateDeployment, and the operations on revisions."""

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
        if digest not in known:
            raise check.no_revision(digest)
        spec = {"content": content, "sha256": digest}
        return json.dumps(
            {
                "applicationName": name,
                "revision": {"revisionType": "AppSpecContent", "appSpecContent": spec},
                "revisionInfo": known[digest]["info"],
            }
        )

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
