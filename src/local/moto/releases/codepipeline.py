"""CodePipeline: executions, which stock moto does not have.

The operations change the documents that a controller acts on (``executions``).
"""

import functools
import json
from collections.abc import Callable
from typing import Any

from moto.codepipeline import models, responses
from moto.core.exceptions import JsonRESTError
from moto.core.utils import unix_time

from corrections import codepipeline as corrected

from . import documents, executions
from .callers import caller
from .executions import KIND, OPEN, Execution
from .stages import may_enter, retry, stage_of, state_of

PIPELINES = "codepipeline-pipelines"

_PAGE = 100


Operation = Callable[["Response"], str]


def exclusive(operation: Operation) -> Operation:
    """Let no controller write a document while an operation changes it."""

    @functools.wraps(operation)
    def run(self: "Response") -> str:
        with documents.lock:
            return operation(self)

    return run


class Pipeline(corrected.Pipeline):
    """A pipeline with its executions, oldest first, and its disabled transitions."""

    __module__ = models.CodePipeline.__module__

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.executions: list[Execution] = []
        self.transitions: dict[tuple[str, str], dict[str, Any]] = {}
        self.tokens: dict[str, Execution] = {}


def _pipelines() -> list[tuple[str, str, str, Pipeline]]:
    return [
        (account, region, name, pipeline)
        for account, regions in list(models.codepipeline_backends.items())
        for region, backend in list(regions.items())
        for name, pipeline in list(backend.pipelines.items())
    ]


class OpenExecutions:
    """The executions that a controller runs."""

    def read(self) -> dict[tuple[str, str, str], Any]:
        return {
            (account, region, one["pipelineExecutionId"]): one
            for account, region, _, pipeline in _pipelines()
            for one in pipeline.executions
            if one["status"] in OPEN
        }

    def write(self, account: str, region: str, id: str, document: Any) -> None:
        execution = self.read()[account, region, id]
        pipelines = models.codepipeline_backends[account][region].pipelines
        for stage in document["stages"].keys() - execution["stages"].keys():
            if not may_enter(pipelines[document["pipelineName"]], execution, stage):
                raise documents.Conflict
        execution.clear()
        execution.update(document | {"lastUpdateTime": unix_time()})


class Pipelines:
    """Each pipeline with its disabled transitions.

    ``detected`` is a revision that a connection has detected: it starts an execution,
    once for each token.
    """

    def read(self) -> dict[tuple[str, str, str], Any]:
        return {
            (account, region, name): {
                "pipeline": pipeline.pipeline,
                "disabledTransitions": [
                    {"stageName": stage, "transitionType": type}
                    for (stage, type), state in pipeline.transitions.items()
                    if not state["enabled"]
                ],
            }
            for account, region, name, pipeline in _pipelines()
        }

    def write(self, account: str, region: str, id: str, document: Any) -> None:
        pipeline = models.codepipeline_backends[account][region].pipelines[id]
        detected = document["detected"]
        if detected["token"] not in pipeline.tokens:
            pipeline.tokens[detected["token"]] = executions.start(
                account,
                region,
                pipeline,
                detected["trigger"],
                detected["sourceRevisions"],
            )


class Response(responses.CodePipelineResponse):
    """The operations on executions, stages and approvals."""

    def _pipeline(self, parameter: str = "pipelineName") -> Pipeline:
        name = self._get_param(parameter)
        self.codepipeline_backend.get_pipeline(name)
        found: Pipeline = self.codepipeline_backend.pipelines[name]
        return found

    def _execution(self, pipeline: Pipeline, id: str) -> Execution:
        for one in pipeline.executions:
            if one["pipelineExecutionId"] == id:
                return one
        name = pipeline.pipeline["name"]
        raise JsonRESTError(
            "PipelineExecutionNotFoundException",
            f"Pipeline '{name}' does not have an execution with id '{id}'",
        )

    def _touch(self, execution: Execution) -> None:
        id = execution["pipelineExecutionId"]
        documents.touch(KIND, self.current_account, self.region, id)

    def _page(self, key: str, values: list[dict[str, Any]]) -> str:
        first = int(self._get_param("nextToken") or 0)
        end = first + int(self._get_param("maxResults") or _PAGE)
        more = {"nextToken": str(end)} if end < len(values) else {}
        return json.dumps({key: values[first:end]} | more)

    @exclusive
    def create_pipeline(self) -> str:
        """Create a pipeline; as in AWS, that starts it."""
        answer = super().create_pipeline()
        name = self._get_param("pipeline")["name"]
        pipeline = self.codepipeline_backend.pipelines[name]
        trigger = {"triggerType": "CreatePipeline", "triggerDetail": caller(self)}
        executions.start(self.current_account, self.region, pipeline, trigger)
        return answer

    @exclusive
    def update_pipeline(self) -> str:
        """Update a pipeline; as in AWS, that ends the executions that are open."""
        answer = super().update_pipeline()
        name = self._get_param("pipeline")["name"]
        for one in self.codepipeline_backend.pipelines[name].executions:
            if one["status"] in OPEN:
                self._cancel(one)
        return answer

    def _cancel(self, execution: Execution) -> None:
        for stage in execution["stages"].values():
            if stage["status"] != "Succeeded":
                stage["status"] = "Cancelled"
        for action in execution["actions"]:
            if action["status"] == "InProgress":
                action["status"] = "Abandoned"
        execution["status"] = "Cancelled"
        execution["statusSummary"] = (
            "The pipeline definition was updated before the execution could complete."
        )
        self._touch(execution)

    @exclusive
    def start_pipeline_execution(self) -> str:
        pipeline = self._pipeline("name")
        token = self._get_param("clientRequestToken")
        if token is None or token not in pipeline.tokens:
            execution = executions.start(
                self.current_account,
                self.region,
                pipeline,
                {
                    "triggerType": "StartPipelineExecution",
                    "triggerDetail": caller(self),
                },
                self._get_param("sourceRevisions"),
                self._get_param("variables"),
            )
            if token is None:
                token = execution["pipelineExecutionId"]
            pipeline.tokens[token] = execution
        id = pipeline.tokens[token]["pipelineExecutionId"]
        return json.dumps({"pipelineExecutionId": id})

    def get_pipeline_execution(self) -> str:
        id = self._get_param("pipelineExecutionId")
        execution = self._execution(self._pipeline(), id)
        return json.dumps({"pipelineExecution": executions.shown(execution)})

    def list_pipeline_executions(self) -> str:
        wanted = (self._get_param("filter") or {}).get("succeededInStage")
        found = [
            executions.summary(one)
            for one in reversed(self._pipeline().executions)
            if not wanted
            or one["stages"].get(wanted["stageName"], {}).get("status") == "Succeeded"
        ]
        return self._page("pipelineExecutionSummaries", found)

    def list_action_executions(self) -> str:
        pipeline = self._pipeline()
        asked = self._get_param("filter") or {}
        latest = asked.get("latestInPipelineExecution") or {}
        id = asked.get("pipelineExecutionId") or latest.get("pipelineExecutionId")
        among = [self._execution(pipeline, id)] if id else pipeline.executions
        only_latest = latest.get("startTimeRange") == "Latest"
        found = [
            executions.detail(execution, action)
            for execution in reversed(among)
            for action in reversed(execution["actions"])
            if not (only_latest and action.get("retried"))
        ]
        return self._page("actionExecutionDetails", found)

    def get_pipeline_state(self) -> str:
        pipeline = self._pipeline("name")
        declared = pipeline.pipeline
        answer = {
            "pipelineName": declared["name"],
            "pipelineVersion": declared["version"],
            "stageStates": [state_of(pipeline, one) for one in declared["stages"]],
            "created": pipeline.metadata["created"],
            "updated": pipeline.metadata["updated"],
        }
        return json.dumps(answer)

    @exclusive
    def stop_pipeline_execution(self) -> str:
        id = self._get_param("pipelineExecutionId")
        execution = self._execution(self._pipeline(), id)
        abandon = bool(self._get_param("abandon"))
        if execution["status"] not in OPEN:
            raise JsonRESTError(
                "PipelineExecutionNotStoppableException",
                "Unable to stop the pipeline execution. The execution might already "
                "be in a Stopped state, or it might no longer be in progress.",
            )
        if execution["status"] == "Stopping" and (execution["abandon"] or not abandon):
            raise JsonRESTError(
                "DuplicatedStopRequestException",
                "The pipeline execution is already in a Stopping state.",
            )
        execution |= {"status": "Stopping", "abandon": abandon}
        execution["stopTrigger"] = {"reason": self._get_param("reason") or ""}
        self._touch(execution)
        return json.dumps({"pipelineExecutionId": id})

    @exclusive
    def retry_stage_execution(self) -> str:
        pipeline = self._pipeline()
        id = self._get_param("pipelineExecutionId")
        execution = self._execution(pipeline, id)
        stage = self._get_param("stageName")
        retry(pipeline, execution, stage, self._get_param("retryMode"))
        self._touch(execution)
        return json.dumps({"pipelineExecutionId": id})

    @exclusive
    def put_approval_result(self) -> str:
        pipeline = self._pipeline()
        stage = stage_of(pipeline, self._get_param("stageName"))
        name = self._get_param("actionName")
        if name not in [one["name"] for one in stage["actions"]]:
            raise JsonRESTError(
                "ActionNotFoundException",
                f"Stage '{stage['name']}' does not have an action '{name}'",
            )
        execution, action = self._approval(pipeline, stage["name"], name)
        if "approval" in action or action["status"] != "InProgress":
            raise JsonRESTError(
                "ApprovalAlreadyCompletedException",
                "The approval action has already been approved or rejected.",
            )
        now = unix_time()
        action["approval"] = self._get_param("result") | {"by": caller(self)}
        self._touch(execution)
        return json.dumps({"approvedAt": now})

    def _approval(
        self, pipeline: Pipeline, stage: str, name: str
    ) -> tuple[Execution, dict[str, Any]]:
        token = self._get_param("token")
        for execution in pipeline.executions:
            for action in execution["actions"]:
                place = (action["stageName"], action["actionName"])
                if action.get("token") == token and place == (stage, name):
                    return execution, action
        raise JsonRESTError(
            "InvalidApprovalTokenException",
            "The approval request already received a response or has expired.",
        )

    @exclusive
    def disable_stage_transition(self) -> str:
        return self._set_transition(False, self._get_param("reason"))

    @exclusive
    def enable_stage_transition(self) -> str:
        return self._set_transition(True, None)

    def _set_transition(self, enabled: bool, reason: str | None) -> str:
        pipeline = self._pipeline()
        stage = stage_of(pipeline, self._get_param("stageName"))
        state: dict[str, Any] = {
            "enabled": enabled,
            "lastChangedBy": caller(self),
            "lastChangedAt": unix_time(),
        }
        if reason is not None:
            state["disabledReason"] = reason
        pipeline.transitions[stage["name"], self._get_param("transitionType")] = state
        name = pipeline.pipeline["name"]
        documents.touch(PIPELINES, self.current_account, self.region, name)
        return "{}"


def apply() -> None:
    """Put the patch on."""
    models.CodePipeline = Pipeline
    responses.CodePipelineResponse = Response
    documents.register(KIND, OpenExecutions())
    documents.register(PIPELINES, Pipelines())
