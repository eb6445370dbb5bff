"""What CodeDeploy checks of a new deployment.

https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html#API_CreateDeployment_Errors
"""

from hashlib import sha256
from typing import Any

from moto.codedeploy.exceptions import CodeDeployException

from . import codedeploy_deployments as deployments

_DESCRIPTION_LIMIT = 256
_ALARM_LIMIT = 10
_ROLLBACK_EVENTS = {
    "DEPLOYMENT_FAILURE",
    "DEPLOYMENT_STOP_ON_ALARM",
    "DEPLOYMENT_STOP_ON_REQUEST",
}


def application(backend: Any, name: str | None) -> Any:
    if not name:
        raise CodeDeployException(
            "ApplicationNameRequiredException", "Application name must be specified."
        )
    if name not in backend.applications:
        raise CodeDeployException(
            "ApplicationDoesNotExistException", f"No application found for name: {name}"
        )
    return backend.applications[name]


def group(backend: Any, application: str, name: str | None) -> Any:
    if not name:
        raise CodeDeployException(
            "DeploymentGroupNameRequiredException",
            "Deployment group name must be specified.",
        )
    groups = backend.deployment_groups.get(application, {})
    if name not in groups:
        raise CodeDeployException(
            "DeploymentGroupDoesNotExistException",
            f"No Deployment Group found for name: {name}",
        )
    return groups[name]


def not_deploying(backend: Any, application: str, name: str) -> None:
    """A group has one deployment at a time, also while the original task set waits for its end."""
    for one in backend.deployments.values():
        of = (one.info["applicationName"], one.info["deploymentGroupName"])
        if of == (application, name) and not one.has_ended:
            raise CodeDeployException(
                "DeploymentLimitExceededException",
                f"The Deployment Group '{name}' already has an active Deployment '{one.deployment_id}'",
            )


def revision(known: dict[str, str], wanted: dict[str, Any] | None) -> tuple[str, str]:
    """The AppSpec file of a revision, and its SHA-256.

    ``known`` holds the files of the application that were registered, by their SHA-256.
    """
    if not wanted:
        raise CodeDeployException(
            "RevisionRequiredException", "Revision must be specified."
        )
    if wanted.get("revisionType") != "AppSpecContent":
        raise CodeDeployException(
            "InvalidRevisionException",
            "The embedded AWS deploys revisions of the type AppSpecContent only.",
        )
    given = wanted.get("appSpecContent", {})
    content, digest = given.get("content"), given.get("sha256")
    if content:
        actual = sha256(content.encode()).hexdigest()
        if digest not in (None, "", actual):
            raise CodeDeployException(
                "InvalidRevisionException",
                "The SHA-256 of the AppSpec content does not match the content.",
            )
        return content, actual
    if digest not in known:
        raise no_revision(digest)
    return known[digest], digest


def no_revision(digest: str | None) -> CodeDeployException:
    return CodeDeployException(
        "RevisionDoesNotExistException", f"No revision found for sha256: {digest}"
    )


def ecs_config(config: dict[str, Any]) -> dict[str, Any]:
    """How a configuration shifts traffic; one for servers shifts none."""
    if config.get("computePlatform") != "ECS":
        raise CodeDeployException(
            "InvalidDeploymentConfigNameException",
            f"{config['deploymentConfigName']} is not a configuration for the ECS compute platform.",
        )
    return config["trafficRoutingConfig"]


def description(text: str | None) -> dict[str, str]:
    if text and len(text) > _DESCRIPTION_LIMIT:
        raise CodeDeployException(
            "DescriptionTooLongException",
            f"The description is longer than {_DESCRIPTION_LIMIT} characters.",
        )
    return {"description": text} if text else {}


def rollback(wanted: dict[str, Any]) -> dict[str, Any]:
    events = wanted.get("events") or []
    unknown = set(events) - _ROLLBACK_EVENTS
    if unknown or (wanted.get("enabled") and not events):
        raise CodeDeployException(
            "InvalidAutoRollbackConfigException",
            f"Invalid events of the automatic rollback: {', '.join(sorted(unknown)) or 'none'}.",
        )
    return wanted


def alarms(wanted: dict[str, Any]) -> dict[str, Any]:
    named = wanted.get("alarms") or []
    if len(named) > _ALARM_LIMIT:
        raise CodeDeployException(
            "AlarmsLimitExceededException",
            f"A deployment obeys at most {_ALARM_LIMIT} alarms.",
        )
    if wanted.get("enabled") and not all(one.get("name") for one in named):
        raise CodeDeployException(
            "InvalidAlarmConfigException", "An alarm has no name."
        )
    return {"enabled": False, "alarms": []} | wanted


def running(backend: Any, id: str | None) -> deployments.Deployment:
    """A deployment that has not ended."""
    deployment = existing(backend, id)
    if deployment.has_ended:
        raise CodeDeployException(
            "DeploymentAlreadyCompletedException",
            f"The deployment {id} is already completed.",
        )
    return deployment


def existing(backend: Any, id: str | None) -> deployments.Deployment:
    if not id:
        raise CodeDeployException(
            "DeploymentIdRequiredException", "Deployment ID must be specified."
        )
    if id not in backend.deployments:
        raise CodeDeployException(
            "DeploymentDoesNotExistException",
            f"The deployment {id} could not be found",
        )
    return backend.deployments[id]
