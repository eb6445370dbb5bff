"""CodePipeline.

Stock moto writes a pipeline's dates as text where the protocol has seconds since the
epoch.
"""

from typing import Any

from moto.codepipeline import models
from moto.core.utils import unix_time


class Pipeline(models.CodePipeline):
    """A pipeline with dates that a client can read."""

    __module__ = models.CodePipeline.__module__

    @property
    def metadata(self) -> dict[str, Any]:
        return super().metadata | {
            "created": unix_time(self._created),
            "updated": unix_time(self._updated),
        }


def apply() -> None:
    """Put the patch on."""
    models.CodePipeline = Pipeline
