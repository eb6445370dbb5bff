"""Executions of pipelines: how they start, and how the API shows them.

An execution is a document of kind ``codepipeline`` while it is open, that is in progress
or being stopped. A controller runs it. The document has the pipeline as it was at the
start; ``stages`` has the stages that it has entered; ``actions`` has each attempt of
each action, and an attempt that a retry replaced is ``retried``.
"""

import copy
import uuid
from typing import Any

from moto.codepipeline import models
from moto.core.exceptions import JsonRESTError
from moto.core.utils import unix_time

from . import documents

KIND = "codepipeline"

Execution = dict[str, Any]

OPEN = ("InProgress", "Stopping")


def resolved_variables(pipeline: Any, given: list[dict[str, str]]) -> Any:
    """The value of each variable of a pipeline: the given one, or its default."""
    values = {one["name"]: one["value"] for one in given}
    known = [one["name"] for one in pipeline.get("variables") or []]
    for name in values:
        if name not in known:
            raise JsonRESTError(
                "ValidationException",
                f"Variable {name} is not declared in the pipeline {pipeline['name']}",
            )
    resolved = []
    for variable in pipeline.get("variables") or []:
        name = variable["name"]
        value = values.get(name, variable.get("defaultValue"))
        if value is None:
            raise JsonRESTError(
                "ValidationException",
                f"Variable {name} has no default value, and no value was given",
            )
        resolved.append({"name": name, "resolvedValue": value})
    return resolved


def start(
    account: str,
    region: str,
    pipeline: models.CodePipeline,
    trigger: dict[str, str],
    source_revisions: list[dict[str, str]] | None = None,
    variables: list[dict[str, str]] | None = None,
) -> Execution:
    """Start an execution of a pipeline."""
    now = unix_time()
    declared = pipeline.pipeline
    resolved = resolved_variables(declared, variables or [])
    execution: Execution = {
        "number": len(pipeline.executions) + 1,
        "pipelineName": declared["name"],
        "pipelineVersion": declared["version"],
        "pipelineExecutionId": str(uuid.uuid4()),
        "status": "InProgress",
        "startTime": now,
        "lastUpdateTime": now,
        "trigger": trigger,
        "executionMode": declared.get("executionMode") or "SUPERSEDED",
        "executionType": "STANDARD",
        "artifactRevisions": [],
        "sourceRevisions": [],
        "requestedRevisions": source_revisions or [],
        "variables": resolved,
        "pipeline": copy.deepcopy(declared),
        "stages": {},
        "namespaces": {
            "codepipeline": {},
            "variables": {one["name"]: one["resolvedValue"] for one in resolved},
        },
        "artifacts": {},
        "actions": [],
    }
    id = execution["pipelineExecutionId"]
    execution["namespaces"]["codepipeline"]["PipelineExecutionId"] = id
    pipeline.executions.append(execution)
    documents.touch(KIND, account, region, id)
    return execution


def _only(execution: Execution, *names: str) -> dict[str, Any]:
    return {name: execution[name] for name in names if execution.get(name) is not None}


def shown(execution: Execution) -> dict[str, Any]:
    """An execution as GetPipelineExecution answers."""
    return _only(
        execution,
        "pipelineName",
        "pipelineVersion",
        "pipelineExecutionId",
        "status",
        "statusSummary",
        "artifactRevisions",
        "variables",
        "trigger",
        "executionMode",
        "executionType",
    )


def summary(execution: Execution) -> dict[str, Any]:
    """An execution as ListPipelineExecutions answers."""
    return _only(
        execution,
        "pipelineExecutionId",
        "status",
        "statusSummary",
        "startTime",
        "lastUpdateTime",
        "sourceRevisions",
        "trigger",
        "stopTrigger",
        "executionMode",
        "executionType",
    )


def detail(execution: Execution, action: dict[str, Any]) -> dict[str, Any]:
    """An attempt of an action as ListActionExecutions answers."""
    result = _only(action, "externalExecutionId", "externalExecutionUrl")
    if action.get("externalExecutionSummary"):
        result["externalExecutionSummary"] = action["externalExecutionSummary"]
    if action.get("errorDetails"):
        result["errorDetails"] = action["errorDetails"]
    return {
        "pipelineExecutionId": execution["pipelineExecutionId"],
        "pipelineVersion": execution["pipelineVersion"],
        **_only(
            action,
            "actionExecutionId",
            "stageName",
            "actionName",
            "startTime",
            "lastUpdateTime",
            "updatedBy",
            "status",
            "input",
        ),
        "output": {
            "outputArtifacts": action["outputArtifacts"]
            if action["status"] == "Succeeded"
            else [],
            "executionResult": result,
            "outputVariables": action.get("outputVariables") or {},
        },
    }


def action_state(action: dict[str, Any]) -> dict[str, Any]:
    """The last attempt of an action as GetPipelineState answers."""
    state = {
        **_only(
            action,
            "actionExecutionId",
            "status",
            "summary",
            "lastUpdatedBy",
            "externalExecutionId",
            "externalExecutionUrl",
            "errorDetails",
        ),
        "lastStatusChange": action["lastUpdateTime"],
    }
    if action["status"] == "InProgress" and action.get("token"):
        state["token"] = action["token"]
    return state


def next_stage(execution: Execution) -> str | None:
    """The stage that an execution is in, or waits to enter."""
    for stage in execution["pipeline"]["stages"]:
        name: str = stage["name"]
        if execution["stages"].get(name, {}).get("status") != "Succeeded":
            return name
    return None


def latest_in(executions: list[Execution], stage: str) -> Execution | None:
    """The execution that entered a stage last."""
    entered = [one for one in executions if stage in one["stages"]]
    return max(entered, key=lambda one: one["stages"][stage]["entered"], default=None)
