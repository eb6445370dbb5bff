"""CodeCommit.

Stock moto writes a repository's dates as text where the protocol has seconds since the
epoch, drops its tags and its key, and has no operation on tags, on approval rule
templates, and none that changes the description.
"""

import json
from typing import Any

from moto.codecommit import models, responses
from moto.core.utils import unix_time

from .approval_rules import ApprovalRules


class Repository(models.CodeCommit):
    """A repository that has tags."""

    __module__ = models.CodeCommit.__module__

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = unix_time()
        self.repository_metadata |= {"creationDate": now, "lastModifiedDate": now}
        self.tags: dict[str, str] = {}


class Response(ApprovalRules):
    """The operations that stock moto lacks, and a complete CreateRepository."""

    def _repository(self, name: str) -> Repository:
        self.codecommit_backend.get_repository(name)
        return self.codecommit_backend.repositories[name]

    def _tagged(self) -> Repository:
        return self._repository(self._get_param("resourceArn").split(":")[-1])

    def create_repository(self) -> str:
        super().create_repository()
        repository = self._repository(self._get_param("repositoryName"))
        repository.tags |= self._get_param("tags", {})
        if key := self._get_param("kmsKeyId"):
            repository.repository_metadata["kmsKeyId"] = key
        return json.dumps({"repositoryMetadata": repository.repository_metadata})

    def update_repository_description(self) -> str:
        repository = self._repository(self._get_param("repositoryName"))
        repository.repository_metadata |= {
            "repositoryDescription": self._get_param("repositoryDescription"),
            "lastModifiedDate": unix_time(),
        }
        return "{}"

    def list_tags_for_resource(self) -> str:
        return json.dumps({"tags": self._tagged().tags})

    def tag_resource(self) -> str:
        self._tagged().tags |= self._get_param("tags")
        return "{}"

    def untag_resource(self) -> str:
        tags = self._tagged().tags
        for key in self._get_param("tagKeys"):
            tags.pop(key, None)
        return "{}"


def apply() -> None:
    """Put the patch on."""
    models.CodeCommit = Repository
    responses.CodeCommitResponse = Response
