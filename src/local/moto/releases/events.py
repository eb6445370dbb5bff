"""EventBridge: a rule whose target is a pipeline or a state machine starts it.

Stock moto raises NotImplementedError for such a target.
"""

import contextlib
import copy
import json
from typing import Any

from moto.codepipeline.models import codepipeline_backends
from moto.events import models
from moto.stepfunctions.exceptions import StateMachineDoesNotExist
from moto.stepfunctions.models import stepfunctions_backends

from . import executions

_send_to_targets = models.Rule.send_to_targets

_PIPELINE = ":codepipeline:"
_STATE_MACHINE = ":states:"


def send_to_targets(
    self: models.Rule, original_event: Any, transform_input: bool = True
) -> None:
    """Start pipelines and state machines, and do what moto does for other targets."""
    enabled = self.state != "DISABLED"
    if enabled and self.event_pattern.matches_event(original_event):
        for target in self.targets:
            if _PIPELINE in target["Arn"]:
                start(self.arn, target["Arn"])
            elif _STATE_MACHINE in target["Arn"]:
                execute(target["Arn"], original_event)
    others = copy.copy(self)
    others.targets = [
        one
        for one in self.targets
        if _PIPELINE not in one["Arn"] and _STATE_MACHINE not in one["Arn"]
    ]
    # Stock moto changes the event that it is given, which other rules get too.
    _send_to_targets(others, copy.deepcopy(original_event), transform_input)


def start(rule_arn: str, pipeline_arn: str) -> None:
    """Start a pipeline; a target that does not exist is ignored, as EventBridge does."""
    _, _, _, region, account, name = pipeline_arn.split(":")
    pipeline = codepipeline_backends[account][region].pipelines.get(name)
    if pipeline:
        trigger = {"triggerType": "CloudWatchEvent", "triggerDetail": rule_arn}
        executions.start(account, region, pipeline, trigger)


def execute(machine_arn: str, event: Any) -> None:
    """Start an execution, which stays as it is: nothing interprets its states."""
    _, _, _, region, account, *_ = machine_arn.split(":")
    backend = stepfunctions_backends[account][region]
    with contextlib.suppress(StateMachineDoesNotExist):
        backend.start_execution(machine_arn, "", json.dumps(event))


def apply() -> None:
    """Put the patch on."""
    models.Rule.send_to_targets = send_to_targets
