"""Application Auto Scaling.

Stock moto drops the tags of a scalable target and has no operation on tags.
"""

import json
from typing import Any

from moto.applicationautoscaling import models, responses
from moto.core.exceptions import JsonRESTError


class Target(models.FakeScalableTarget):
    """A scalable target that has tags."""

    __module__ = models.FakeScalableTarget.__module__

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tags: dict[str, str] = {}


class Response(responses.ApplicationAutoScalingResponse):
    """The operations on tags, and a RegisterScalableTarget that keeps them."""

    def _tags(self, arn: str) -> dict[str, str]:
        for targets in self.applicationautoscaling_backend.targets.values():
            for target in targets.values():
                if target.arn == arn:
                    return target.tags
        raise JsonRESTError("ResourceNotFoundException", f"{arn} does not exist")

    def register_scalable_target(self) -> str:
        answer = super().register_scalable_target()
        tags = self._tags(json.loads(answer)["ScalableTargetARN"])
        tags |= self._get_param("Tags", {})
        return answer

    def list_tags_for_resource(self) -> str:
        return json.dumps({"Tags": self._tags(self._get_param("ResourceARN"))})

    def tag_resource(self) -> str:
        tags = self._tags(self._get_param("ResourceARN"))
        tags |= self._get_param("Tags")
        return "{}"

    def untag_resource(self) -> str:
        tags = self._tags(self._get_param("ResourceARN"))
        for key in self._get_param("TagKeys"):
            tags.pop(key, None)
        return "{}"


def apply() -> None:
    """Put the patch on."""
    models.FakeScalableTarget = Target
    responses.ApplicationAutoScalingResponse = Response
