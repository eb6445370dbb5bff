"""CodeBuild.

Stock moto wants a location of a source and of artifacts that CodePipeline hands
over, refuses the compute type BUILD_GENERAL1_XLARGE, drops settings of a project such
as the encryption key, has time-outs of 0 minutes, ignores DeleteProject by ARN, and
has no UpdateProject.
"""

import json
from typing import Any

from moto.codebuild import models, responses
from moto.codebuild.exceptions import ResourceNotFoundException
from moto.core.utils import unix_time

_check_source = responses._validate_required_params_source
_check_artifacts = responses._validate_required_params_artifacts
_check_environment = responses._validate_required_params_environment


def check_source(source: dict[str, Any]) -> None:
    """Ask for a location only where a source has one."""
    if source["type"] not in ("CODEPIPELINE", "NO_SOURCE"):
        _check_source(source)


def check_artifacts(artifacts: dict[str, Any]) -> None:
    """Ask for a location only where artifacts have one."""
    if artifacts["type"] != "CODEPIPELINE":
        _check_artifacts(artifacts)


def check_environment(environment: dict[str, Any]) -> None:
    """Know the compute type that stock moto forgot."""
    if environment["computeType"] == "BUILD_GENERAL1_XLARGE":
        environment = environment | {"computeType": "BUILD_GENERAL1_LARGE"}
    _check_environment(environment)


class Project(models.CodeBuild):
    """A project with the default time-outs of AWS."""

    __module__ = models.CodeBuild.__module__

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, minutes in (
            ("timeoutInMinutes", 60),
            ("queuedTimeoutInMinutes", 480),
        ):
            self.project_metadata[name] = self.project_metadata[name] or minutes


class Response(responses.CodeBuildResponse):
    """UpdateProject, and projects that are complete and known by name and by ARN."""

    def _name(self) -> str:
        name: str = self._get_param("name")
        return name.split("/")[-1]

    def _set(self) -> str:
        name = self._name()
        if name not in self.codebuild_backend.codebuild_projects:
            raise ResourceNotFoundException(f"Project cannot be found: {name}")
        project = self.codebuild_backend.codebuild_projects[name].project_metadata
        settings = {
            key: value
            for key, value in json.loads(self.body).items()
            if value is not None
        }
        project |= settings | {"name": name, "lastModifiedDate": unix_time()}
        return json.dumps({"project": project})

    def create_project(self) -> str:
        super().create_project()
        return self._set()

    def update_project(self) -> str:
        return self._set()

    def delete_project(self) -> str:
        self.codebuild_backend.delete_project(self._name())
        return "{}"


def apply() -> None:
    """Put the patch on."""
    responses._validate_required_params_source = check_source
    responses._validate_required_params_artifacts = check_artifacts
    responses._validate_required_params_environment = check_environment
    models.CodeBuild = Project
    responses.CodeBuildResponse = Response
