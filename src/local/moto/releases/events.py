"""EventBridge: a rule whose target is a pipeline starts it.

Stock moto raises NotImplementedError for such a target.
"""

import copy
from typing import Any

from moto.codepipeline.models import codepipeline_backends
from moto.events import models

from . import executions

_send_to_targets = models.Rule.send_to_targets

_PIPELINE = ":codepipeline:"


def send_to_targets(
    self: models.Rule, original_event: Any, transform_input: bool = True
) -> None:
    """Start the pipelines among the targets, and do what moto does for the others."""
    enabled = self.state != "DISABLED"
    if enabled and self.event_pattern.matches_event(original_event):
        for target in self.targets:
            if _PIPELINE in target["Arn"]:
                start(self.arn, target["Arn"])
    others = copy.copy(self)
    others.targets = [one for one in self.targets if _PIPELINE not in one["Arn"]]
    _send_to_targets(others, original_event, transform_input)


def start(rule_arn: str, pipeline_arn: str) -> None:
    """Start a pipeline; a target that does not exist is ignored, as EventBridge does."""
    _, _, _, region, account, name = pipeline_arn.split(":")
    pipeline = codepipeline_backends[account][region].pipelines.get(name)
    if pipeline:
        trigger = {"triggerType": "CloudWatchEvent", "triggerDetail": rule_arn}
        executions.start(account, region, pipeline, trigger)


def apply() -> None:
    """Put the patch on."""
    models.Rule.send_to_targets = send_to_targets
