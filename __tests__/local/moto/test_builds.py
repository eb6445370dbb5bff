"""CodeBuild's builds."""

from typing import Any

from botocore.exceptions import ClientError

from support import ACCOUNT, REGION, STOCK, MotoTest, client
from test_codebuild import PROJECT

if not STOCK:
    from releases import documents
    from releases.codebuild import Builds

VARIABLE = {"name": "A", "value": "project", "type": "PLAINTEXT"}


class BuildTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.codebuild = client("codebuild")
        environment = PROJECT["environment"] | {"environmentVariables": [VARIABLE]}
        self.codebuild.create_project(
            **PROJECT
            | {
                "environment": environment,
                "timeoutInMinutes": 15,
                "cache": {"type": "S3", "location": "bucket/cache"},
            }
        )

    def start(self, **settings: Any) -> dict[str, Any]:
        return self.codebuild.start_build(projectName="one", **settings)["build"]

    def build(self, id: str) -> dict[str, Any]:
        return self.codebuild.batch_get_builds(ids=[id])["builds"][0]

    def test_a_build_waits_until_somebody_runs_it(self) -> None:
        build = self.build(self.start()["id"])
        self.assertEqual(
            (build["buildStatus"], build["currentPhase"], build["buildComplete"]),
            ("IN_PROGRESS", "QUEUED", False),
        )
        self.assertNotIn("endTime", build)

    def test_it_has_the_settings_of_its_project(self) -> None:
        build = self.start()
        self.assertEqual(build["timeoutInMinutes"], 15)
        self.assertEqual(build["cache"]["location"], "bucket/cache")
        self.assertEqual(build["source"]["location"], "sources/one.zip")
        self.assertEqual(build["logs"]["groupName"], "/aws/codebuild/one")
        self.assertEqual(build["logs"]["streamName"], build["id"].split(":")[1])

    def test_overrides_are_of_one_build(self) -> None:
        build = self.start(
            environmentVariablesOverride=[{"name": "A", "value": "build"}],
            timeoutInMinutesOverride=5,
            buildspecOverride="version: 0.2",
        )
        self.assertEqual(
            [one["value"] for one in build["environment"]["environmentVariables"]],
            ["build"],
        )
        self.assertEqual(build["timeoutInMinutes"], 5)
        self.assertEqual(build["source"]["buildspec"], "version: 0.2")
        self.assertEqual(self.start()["timeoutInMinutes"], 15)
        self.assertNotIn("buildspec", self.start()["source"])

    def test_what_the_pipeline_hands_over_are_no_variables(self) -> None:
        build = self.start(
            sourceVersion="arn:aws:s3:::bucket/pipeline/Source/abc",
            artifactsOverride={
                "type": "CODEPIPELINE",
                "location": "bucket",
                "name": "pipeline/Build/abc",
            },
            environmentVariablesOverride=[
                {"name": "CODEBUILD_INITIATOR", "value": "codepipeline/one"},
                {"name": "CODEBUILD_RESOLVED_SOURCE_VERSION", "value": "0123"},
            ],
        )
        self.assertEqual(build["initiator"], "codepipeline/one")
        self.assertEqual(build["resolvedSourceVersion"], "0123")
        self.assertEqual(
            build["artifacts"]["location"], "arn:aws:s3:::bucket/pipeline/Build/abc"
        )
        self.assertEqual(build["environment"]["environmentVariables"], [VARIABLE])

    def test_the_same_token_gives_the_same_build(self) -> None:
        first = self.start(idempotencyToken="t")
        self.assertEqual(self.start(idempotencyToken="t")["id"], first["id"])
        self.assertNotEqual(self.start(idempotencyToken="u")["id"], first["id"])
        self.assertNotEqual(self.start()["id"], self.start()["id"])

    def test_builds_are_numbered_and_listed_newest_first(self) -> None:
        ids = [self.start()["id"] for _ in range(3)]
        self.assertEqual([self.build(id)["buildNumber"] for id in ids], [1, 2, 3])
        listed = self.codebuild.list_builds_for_project(projectName="one")["ids"]
        self.assertEqual(listed, ids[::-1])

    def test_a_stopped_build_is_complete(self) -> None:
        build = self.codebuild.stop_build(id=self.start()["id"])["build"]
        self.assertEqual(
            (build["buildStatus"], build["currentPhase"], build["buildComplete"]),
            ("STOPPED", "COMPLETED", True),
        )
        self.assertEqual(build["phases"][1]["phaseStatus"], "STOPPED")

    def test_a_writer_that_read_it_before_it_was_stopped_is_refused(self) -> None:
        id = self.start()["id"]
        app = documents.app.test_client()
        read = next(
            one
            for one in app.get(f"{documents.PATH}/codebuild").json
            if one["id"] == id
        )
        self.codebuild.stop_build(id=id)
        path = f"{documents.PATH}/codebuild/{ACCOUNT}/{REGION}/{id}"
        self.assertEqual(app.put(path, json=read).status_code, 409)
        self.assertEqual(self.build(id)["buildStatus"], "STOPPED")

    def test_keys_of_the_controller_are_not_shown(self) -> None:
        id = self.start()["id"]
        [document] = Builds().read().values()
        self.assertIn("_artifacts", document)
        self.assertEqual([key for key in self.build(id) if key.startswith("_")], [])

    def test_a_complete_build_is_started_again(self) -> None:
        old = self.start(sourceVersion="v1")
        with self.assertRaises(ClientError):
            self.codebuild.retry_build(id=old["id"])
        self.codebuild.stop_build(id=old["id"])
        new = self.codebuild.retry_build(id=old["id"])["build"]
        self.assertEqual((new["sourceVersion"], new["buildNumber"]), ("v1", 2))

    def test_unknown_builds_are_told(self) -> None:
        answer = self.codebuild.batch_get_builds(ids=["one:none"])
        self.assertEqual((answer["builds"], answer["buildsNotFound"]), ([], ["one:none"]))
