"""Stages of pipelines: their state, transitions, and retries."""

from typing import Any

from moto.codepipeline import models
from moto.core.exceptions import JsonRESTError
from moto.core.utils import unix_time

from .executions import (
    OPEN,
    Execution,
    action_state,
    latest_in,
    next_stage,
)


def stage_of(pipeline: models.CodePipeline, name: str) -> dict[str, Any]:
    """The declaration of a stage."""
    for stage in pipeline.pipeline["stages"]:
        if stage["name"] == name:
            found: dict[str, Any] = stage
            return found
    raise JsonRESTError(
        "StageNotFoundException",
        f"Pipeline '{pipeline.pipeline['name']}' does not have a stage '{name}'",
    )


def may_enter(
    pipeline: models.CodePipeline, execution: Execution, stage: str
) -> bool:
    """Whether an execution can enter a stage: it is free, and open to the one before."""
    names = [one["name"] for one in execution["pipeline"]["stages"]]
    before = names[names.index(stage) - 1] if stage != names[0] else None
    for transition in ((stage, "Inbound"), (before, "Outbound")):
        if not pipeline.transitions.get(transition, {"enabled": True})["enabled"]:
            return False
    return execution["executionMode"] == "PARALLEL" or not any(
        one is not execution
        and one["status"] in OPEN
        and one["stages"].get(stage, {}).get("status") == "InProgress"
        for one in pipeline.executions
    )


def _execution(execution: Execution, status: str) -> dict[str, str]:
    return {
        "pipelineExecutionId": execution["pipelineExecutionId"],
        "status": status,
        "type": execution["executionType"],
    }


def _action(executions: list[Execution], stage: str, declared: Any) -> dict[str, Any]:
    attempts = [
        (action, execution)
        for execution in executions
        for action in execution["actions"]
        if (action["stageName"], action["actionName"]) == (stage, declared["name"])
    ]
    state: dict[str, Any] = {"actionName": declared["name"]}
    if not attempts:
        return state
    last, execution = max(attempts, key=lambda one: one[0]["startTime"])
    state["latestExecution"] = action_state(last)
    for url in ("entityUrl", "revisionUrl"):
        if last.get(url):
            state[url] = last[url]
    for revision in execution["sourceRevisions"]:
        if (
            declared["actionTypeId"]["category"] == "Source"
            and revision["actionName"] == declared["name"]
        ):
            state["currentRevision"] = {
                "revisionId": revision["revisionId"],
                "revisionChangeId": revision["revisionId"],
                "created": last["startTime"],
            }
    return state


def state_of(pipeline: models.CodePipeline, stage: dict[str, Any]) -> dict[str, Any]:
    """A stage as GetPipelineState answers."""
    name = stage["name"]
    executions = pipeline.executions
    transition = pipeline.transitions.get((name, "Inbound"), {"enabled": True})
    state: dict[str, Any] = {
        "stageName": name,
        "inboundTransitionState": transition,
        "actionStates": [_action(executions, name, one) for one in stage["actions"]],
        "inboundExecutions": [
            _execution(one, one["status"])
            for one in executions
            if one["status"] in OPEN
            and next_stage(one) == name
            and name not in one["stages"]
        ],
    }
    if state["inboundExecutions"]:
        state["inboundExecution"] = state["inboundExecutions"][-1]
    if latest := latest_in(executions, name):
        entered = latest["stages"][name]
        state["latestExecution"] = _execution(latest, entered["status"])
        if entered.get("retries"):
            state["retryStageMetadata"] = {
                "manualStageRetryAttempt": entered["retries"],
                "latestRetryTrigger": "ManualStageRetry",
            }
    return state


_NOT_RETRYABLE = (
    "The specified stage can't be retried because the pipeline structure or stage "
    "state changed after the stage was not completed; the stage contains no failed "
    "actions; one or more actions are still in progress; or an earlier retry attempt "
    "is already in progress."
)


def retry(
    pipeline: models.CodePipeline, execution: Execution, stage: str, mode: str
) -> None:
    """Open an execution again: the controller repeats the actions without an attempt."""
    stage_of(pipeline, stage)
    if latest_in(pipeline.executions, stage) is not execution:
        raise JsonRESTError(
            "NotLatestPipelineExecutionException",
            "The stage has failed in a later version of the pipeline and the "
            "pipelineExecutionId associated with the request is out of date.",
        )
    entered = execution["stages"][stage]
    if (
        execution["status"] not in ("Failed", "Stopped")
        or entered["status"] not in ("Failed", "Stopped")
        or execution["pipelineVersion"] != pipeline.pipeline["version"]
    ):
        raise JsonRESTError("StageNotRetryableException", _NOT_RETRYABLE)
    for action in execution["actions"]:
        if action["stageName"] == stage and (
            mode == "ALL_ACTIONS" or action["status"] != "Succeeded"
        ):
            action["retried"] = True
    entered["status"] = "InProgress"
    entered["retries"] = entered.get("retries", 0) + 1
    execution["status"] = "InProgress"
    execution["lastUpdateTime"] = unix_time()
    for name in ("statusSummary", "stopTrigger", "abandon"):
        execution.pop(name, None)
