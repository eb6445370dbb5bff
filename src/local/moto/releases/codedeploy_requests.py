"""CodeDeploy: what is asked of a deployment that runs."""

import json
from typing import Any

from moto.codedeploy.exceptions import CodeDeployException

from . import codedeploy_checks as check
from . import codedeploy_deployments as deployments
from . import documents


class Requests:
    """The operations that note in the document what the controller reads."""

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
        document = check.existing(
            self.codedeploy_backend, self._get_param("deploymentId")
        ).document
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
