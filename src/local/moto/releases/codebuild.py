"""CodeBuild's builds.

Stock moto invents a build's settings and marks it SUCCEEDED as soon as somebody looks.
Here a build has the settings of its project, and waits for a controller, which writes
its progress as a document of the kind ``codebuild``. The id is the build's. Keys that
begin with ``_`` are for the controller only: the API does not show them.
"""

import copy
import json
from typing import Any

from moto.codebuild import models, responses
from moto.codebuild.exceptions import InvalidInputException, ResourceNotFoundException
from moto.core.utils import unix_time
from moto.moto_api._internal import mock_random

from . import documents
from .callers import role_of

KIND = "codebuild"

Build = dict[str, Any]

_PAGE = 100

_COPIED = (
    "source",
    "secondarySources",
    "cache",
    "environment",
    "serviceRole",
    "timeoutInMinutes",
    "queuedTimeoutInMinutes",
    "encryptionKey",
    "vpcConfig",
    "fileSystemLocations",
)
"""Settings of a project that a build has too."""

_OVERRIDES = {
    "sourceTypeOverride": ("source", "type"),
    "sourceLocationOverride": ("source", "location"),
    "buildspecOverride": ("source", "buildspec"),
    "environmentTypeOverride": ("environment", "type"),
    "imageOverride": ("environment", "image"),
    "computeTypeOverride": ("environment", "computeType"),
    "privilegedModeOverride": ("environment", "privilegedMode"),
    "cacheOverride": ("cache",),
    "serviceRoleOverride": ("serviceRole",),
    "timeoutInMinutesOverride": ("timeoutInMinutes",),
    "queuedTimeoutInMinutesOverride": ("queuedTimeoutInMinutes",),
    "encryptionKeyOverride": ("encryptionKey",),
}
"""Where each parameter of StartBuild goes in a build."""

_RESERVED = {
    "CODEBUILD_INITIATOR": "initiator",
    "CODEBUILD_RESOLVED_SOURCE_VERSION": "resolvedSourceVersion",
}
"""Variables that a service hands to StartBuild, and the field of the build that each is."""


def public(build: Build) -> Build:
    """A build as the API shows it."""
    return {key: value for key, value in build.items() if not key.startswith("_")}


def artifact_of(settings: dict[str, Any], build_id: str) -> dict[str, Any]:
    """One entry of a build's artifacts: AWS names the place as an ARN of S3."""
    kind = settings.get("type", "NO_ARTIFACTS")
    entry = {
        key: settings[key]
        for key in ("artifactIdentifier", "encryptionDisabled", "overrideArtifactName")
        if key in settings
    }
    if kind == "NO_ARTIFACTS":
        return entry | {"location": ""}
    parts = [settings.get("path", "").strip("/")]
    if settings.get("namespaceType") == "BUILD_ID":
        parts.append(build_id.split(":")[1])
    parts.append(settings.get("name", "").lstrip("/"))
    key = "/".join(part for part in parts if part)
    return entry | {"location": f"arn:aws:s3:::{settings.get('location', '')}/{key}"}


def logs_of(config: dict[str, Any], project: str, build_id: str) -> dict[str, Any]:
    """Where the log of a build is."""
    watch = {"status": "ENABLED"} | config.get("cloudWatchLogs", {})
    s3 = {"status": "DISABLED"} | config.get("s3Logs", {})
    logs: dict[str, Any] = {"cloudWatchLogs": watch, "s3Logs": s3}
    if watch["status"] == "ENABLED":
        prefix = watch.get("streamName")
        stream = build_id.split(":")[1]
        logs["groupName"] = watch.get("groupName") or f"/aws/codebuild/{project}"
        logs["streamName"] = f"{prefix}/{stream}" if prefix else stream
    return logs


def end(build: Build, status: str) -> None:
    """Mark a build as complete, and the phase that it was in."""
    now = unix_time()
    last = build["phases"][-1]
    if "endTime" not in last:
        last |= {
            "phaseStatus": status,
            "endTime": now,
            "durationInSeconds": round(now - last["startTime"]),
        }
    build["phases"].append({"phaseType": "COMPLETED", "startTime": now})
    build |= {
        "currentPhase": "COMPLETED",
        "buildStatus": status,
        "buildComplete": True,
        "endTime": now,
    }


class Builds:
    """The builds of every account and region, as documents."""

    def read(self) -> dict[tuple[str, str, str], Build]:
        return {
            (account, region, build["id"]): build
            for account, regions in list(models.codebuild_backends.items())
            for region, backend in list(regions.items())
            for history in list(backend.build_metadata_history.values())
            for build in list(history)
        }

    def write(self, account: str, region: str, id: str, document: Build) -> None:
        build = self.read()[account, region, id]
        build.clear()
        build |= document


def response(base: type[responses.CodeBuildResponse]) -> type:
    """The operations on builds, in addition to those on projects."""

    class Response(base):  # type: ignore[misc, valid-type]
        def _history(self, project: str) -> list[Build]:
            return self.codebuild_backend.build_metadata_history[project]

        def _builds(self) -> list[Build]:
            histories = self.codebuild_backend.build_metadata_history.values()
            return [build for history in histories for build in history]

        def _build(self) -> Build:
            wanted = self._get_param("id") or ""
            if ":" not in wanted:
                raise InvalidInputException("Invalid build ID provided")
            for build in self._builds():
                if wanted in (build["id"], build["arn"]):
                    return build
            raise ResourceNotFoundException(f"Build {wanted} does not exist")

        def _project(self) -> dict[str, Any]:
            given = self._get_param("projectName") or ""
            name = given.split("/")[-1]
            if name not in self.codebuild_backend.codebuild_projects:
                arn = f"arn:aws:codebuild:{self.region}:{self.current_account}:project"
                raise ResourceNotFoundException(
                    f"Project cannot be found: {arn}/{name}"
                )
            project = self.codebuild_backend.codebuild_projects[name]
            return copy.deepcopy(project.project_metadata)

        def _touch(self, build: Build) -> None:
            documents.touch(KIND, self.current_account, self.region, build["id"])

        def start_build(self) -> str:
            """The build that has the token, or a new one."""
            project = self._project()
            wanted = json.loads(self.body)
            token = wanted.get("idempotencyToken")
            for build in self._history(project["name"]):
                if token and build["_token"] == token:
                    return json.dumps({"build": public(build)})
            build = self._new_build(project, wanted)
            self._history(project["name"]).append(build)
            self.codebuild_backend.build_history[project["name"]].append(build["id"])
            self._touch(build)
            return json.dumps({"build": public(build)})

        def _new_build(self, project: dict[str, Any], wanted: dict[str, Any]) -> Build:
            name = project["name"]
            id = f"{name}:{mock_random.uuid4()}"
            now = unix_time()
            history = self._history(name)
            place = f"{self.region}:{self.current_account}"
            build: Build = {
                "id": id,
                "arn": f"arn:aws:codebuild:{place}:build/{id}",
                "buildNumber": history[-1]["buildNumber"] + 1 if history else 1,
                "projectName": name,
                "startTime": now,
                "currentPhase": "QUEUED",
                "buildStatus": "IN_PROGRESS",
                "buildComplete": False,
                "initiator": self._caller(),
                "phases": [
                    {
                        "phaseType": "SUBMITTED",
                        "phaseStatus": "SUCCEEDED",
                        "startTime": now,
                        "endTime": now,
                        "durationInSeconds": 0,
                    },
                    {"phaseType": "QUEUED", "startTime": now},
                ],
                "exportedEnvironmentVariables": [],
                "_token": wanted.get("idempotencyToken"),
                "_request": wanted,
            }
            build |= {key: project[key] for key in _COPIED if key in project}
            for parameter, path in _OVERRIDES.items():
                if parameter in wanted:
                    place_of = build
                    for key in path[:-1]:
                        place_of = place_of[key]
                    place_of[path[-1]] = wanted[parameter]
            version = wanted.get("sourceVersion") or project.get("sourceVersion")
            if version:
                build["sourceVersion"] = version
            self._set_variables(build, wanted)
            self._set_places(build, project, wanted)
            return build

        def _caller(self) -> str:
            """AWS's initiator: the user, or the role's name and the session's."""
            role = role_of(self.current_account, self.access_key)
            return f"{role.role_arn.split('/')[-1]}/{role.session_name}" if role else ""

        def _set_variables(self, build: Build, wanted: dict[str, Any]) -> None:
            environment = build["environment"]
            variables = {
                one["name"]: one
                for one in (
                    *(environment.get("environmentVariables") or ()),
                    *wanted.get("environmentVariablesOverride", ()),
                )
            }
            for name, field in _RESERVED.items():
                if name in variables:
                    build[field] = variables.pop(name)["value"]
            environment["environmentVariables"] = list(variables.values())

        def _set_places(
            self, build: Build, project: dict[str, Any], wanted: dict[str, Any]
        ) -> None:
            id = build["id"]
            own = wanted.get("artifactsOverride") or project["artifacts"]
            more = (
                wanted.get("secondaryArtifactsOverride")
                or project.get("secondaryArtifacts")
                or []
            )
            build["artifacts"] = artifact_of(own, id)
            build["secondaryArtifacts"] = [artifact_of(one, id) for one in more]
            build["_artifacts"] = [own, *more]
            config = wanted.get("logsConfigOverride") or project.get("logsConfig") or {}
            build["logs"] = logs_of(config, project["name"], id)

        def batch_get_builds(self) -> str:
            """Builds by id or ARN, as they are."""
            wanted = self._get_param("ids")
            if any(":" not in one for one in wanted):
                raise InvalidInputException("Invalid build ID provided")
            known = {
                key: build
                for build in self._builds()
                for key in (build["id"], build["arn"])
            }
            return json.dumps(
                {
                    "builds": [public(known[one]) for one in wanted if one in known],
                    "buildsNotFound": [one for one in wanted if one not in known],
                }
            )

        def stop_build(self) -> str:
            """The controller ends the commands of a build that is complete."""
            build = self._build()
            if not build["buildComplete"]:
                end(build, "STOPPED")
                self._touch(build)
            return json.dumps({"build": public(build)})

        def retry_build(self) -> str:
            """A new build with what was asked for the old one."""
            old = self._build()
            if not old["buildComplete"]:
                raise InvalidInputException("Build is still in progress")
            project = self.codebuild_backend.codebuild_projects[old["projectName"]]
            wanted = old["_request"] | {
                "idempotencyToken": self._get_param("idempotencyToken")
            }
            build = self._new_build(copy.deepcopy(project.project_metadata), wanted)
            self._history(old["projectName"]).append(build)
            self.codebuild_backend.build_history[old["projectName"]].append(build["id"])
            self._touch(build)
            return json.dumps({"build": public(build)})

        def list_builds_for_project(self) -> str:
            """Ids of a project's builds, the newest first."""
            return self._ids(self._history(self._project()["name"]))

        def list_builds(self) -> str:
            """Ids of all builds, the newest first."""
            return self._ids(self._builds())

        def _ids(self, builds: list[Build]) -> str:
            newest_first = self._get_param("sortOrder") != "ASCENDING"
            ordered = sorted(
                builds, key=lambda one: one["startTime"], reverse=newest_first
            )
            start = int(self._get_param("nextToken") or 0)
            answer: dict[str, Any] = {
                "ids": [build["id"] for build in ordered[start : start + _PAGE]]
            }
            if start + _PAGE < len(ordered):
                answer["nextToken"] = str(start + _PAGE)
            return json.dumps(answer)

    return Response


def apply() -> None:
    """Put the patch on."""
    responses.CodeBuildResponse = response(responses.CodeBuildResponse)
    documents.register(KIND, Builds())
