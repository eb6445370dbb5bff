"""CodeCommit: branches and commits, and the events of a push.

The controller keeps the repositories themselves. It writes what a repository has as the
document ``codecommit``: whatever differs from before is an event of EventBridge.
"""

import json
from typing import Any

from moto.codecommit import models, responses
from moto.core.exceptions import JsonRESTError
from moto.core.utils import unix_time
from moto.events.models import events_backends
from moto.utilities.utils import get_partition

from corrections import codecommit as corrected

from . import documents

KIND = "codecommit"

_HEADS = "refs/heads/"
_TAGS = "refs/tags/"


class Repository(corrected.Repository):
    """A repository that knows its branches and tags, and the commits that were pushed."""

    __module__ = models.CodeCommit.__module__

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refs: dict[str, str] = {}
        self.commits: dict[str, Any] = {}

    @property
    def branches(self) -> dict[str, str]:
        """The commit of each branch."""
        return {
            ref.removeprefix(_HEADS): commit
            for ref, commit in self.refs.items()
            if ref.startswith(_HEADS)
        }


def changes_of(before: dict[str, str], after: dict[str, str]) -> list[dict[str, str]]:
    """What an event says of each branch and tag that differs.

    https://docs.aws.amazon.com/codecommit/latest/userguide/monitoring-events.html
    """
    events = []
    for ref in sorted(before.keys() | after.keys()):
        old, new = before.get(ref), after.get(ref)
        if old == new or not ref.startswith((_HEADS, _TAGS)):
            continue
        tag = ref.startswith(_TAGS)
        event = {
            "event": "referenceUpdated",
            "referenceType": "tag" if tag else "branch",
            "referenceName": ref.removeprefix(_TAGS if tag else _HEADS),
            "referenceFullName": ref,
        }
        if new:
            event["commitId"] = new
        if old:
            event["oldCommitId"] = old
        if not old:
            event["event"] = "referenceCreated"
        if not new:
            event["event"] = "referenceDeleted"
        events.append(event)
    return events


class Documents:
    """Each repository: its id, its branches and tags, and the commits of the last push."""

    def read(self) -> dict[tuple[str, str, str], Any]:
        return {
            (account, region, name): {
                "repositoryId": repository.repository_metadata["repositoryId"],
                "refs": repository.refs,
                "commits": [],
            }
            for account, regions in list(models.codecommit_backends.items())
            for region, backend in list(regions.items())
            for name, repository in list(backend.repositories.items())
        }

    def write(self, account: str, region: str, id: str, document: Any) -> None:
        repository = models.codecommit_backends[account][region].repositories[id]
        metadata = repository.repository_metadata
        changed = changes_of(repository.refs, document["refs"])
        repository.refs = document["refs"]
        repository.commits |= {one["commitId"]: one for one in document["commits"]}
        if repository.branches and "defaultBranch" not in metadata:
            metadata["defaultBranch"] = next(iter(repository.branches))
        metadata["lastModifiedDate"] = unix_time()
        caller = f"arn:{get_partition(region)}:iam::{account}:root"
        about = {
            "repositoryName": id,
            "repositoryId": metadata["repositoryId"],
            "callerUserArn": caller,
        }
        for event in changed:
            events_backends[account][region].put_events(
                [
                    {
                        "Source": "aws.codecommit",
                        "DetailType": "CodeCommit Repository State Change",
                        "Resources": [metadata["Arn"]],
                        "Detail": json.dumps(event | about),
                    }
                ]
            )


class Response(corrected.Response):
    """The operations that read what was pushed."""

    def _named(self) -> Any:
        return self._repository(self._get_param("repositoryName"))

    def delete_repository(self) -> str:
        name = self._get_param("repositoryName")
        documents.touch(KIND, self.current_account, self.region, name)
        return super().delete_repository()

    def list_branches(self) -> str:
        return json.dumps({"branches": sorted(self._named().branches)})

    def get_branch(self) -> str:
        name = self._get_param("branchName")
        branches = self._named().branches
        if name not in branches:
            raise JsonRESTError(
                "BranchDoesNotExistException", f"Branch {name} does not exist"
            )
        branch = {"branchName": name, "commitId": branches[name]}
        return json.dumps({"branch": branch})

    def get_commit(self) -> str:
        id = self._get_param("commitId")
        commits = self._named().commits
        if id not in commits:
            raise JsonRESTError(
                "CommitIdDoesNotExistException", f"Commit {id} does not exist"
            )
        return json.dumps({"commit": commits[id]})


def apply() -> None:
    """Put the patch on."""
    models.CodeCommit = Repository
    responses.CodeCommitResponse = Response
    documents.register(KIND, Documents())
