"""CodeBuild projects."""

from typing import Any

from botocore.exceptions import ClientError

from support import ACCOUNT, MotoTest, client

PROJECT: dict[str, Any] = {
    "name": "one",
    "source": {"type": "S3", "location": "sources/one.zip"},
    "artifacts": {"type": "NO_ARTIFACTS"},
    "environment": {
        "type": "LINUX_CONTAINER",
        "computeType": "BUILD_GENERAL1_SMALL",
        "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0",
    },
    "serviceRole": f"arn:aws:iam::{ACCOUNT}:role/build",
}


class ProjectTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.codebuild = client("codebuild")

    def create(self, **settings: Any) -> dict[str, Any]:
        return self.codebuild.create_project(**PROJECT | settings)["project"]

    def project(self) -> dict[str, Any]:
        return self.codebuild.batch_get_projects(names=["one"])["projects"][0]

    def assertKept(self, **settings: Any) -> None:
        self.create(**settings)
        project = self.project()
        self.assertEqual({key: project[key] for key in settings}, settings)

    def test_the_pipeline_brings_source_and_artifacts(self) -> None:
        self.assertKept(
            source={"type": "CODEPIPELINE"}, artifacts={"type": "CODEPIPELINE"}
        )

    def test_a_source_may_be_missing(self) -> None:
        self.assertKept(source={"type": "NO_SOURCE", "buildspec": "version: 0.2"})

    def test_every_compute_type_is_known(self) -> None:
        self.assertKept(
            environment=PROJECT["environment"]
            | {"computeType": "BUILD_GENERAL1_XLARGE"}
        )

    def test_every_setting_is_kept(self) -> None:
        self.assertKept(
            encryptionKey=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/one",
            concurrentBuildLimit=1,
        )

    def test_time_outs_have_defaults(self) -> None:
        self.create()
        project = self.project()
        self.assertEqual(
            (project["timeoutInMinutes"], project["queuedTimeoutInMinutes"]), (60, 480)
        )

    def test_a_project_changes(self) -> None:
        self.codebuild.update_project(name=self.create()["arn"], timeoutInMinutes=90)
        project = self.project()
        self.assertEqual((project["name"], project["timeoutInMinutes"]), ("one", 90))
        self.assertEqual(project["source"], PROJECT["source"])

    def test_an_unknown_project_does_not_change(self) -> None:
        with self.assertRaises(ClientError) as raised:
            self.codebuild.update_project(name="two", timeoutInMinutes=90)
        self.assertEqual(
            raised.exception.response["Error"]["Code"], "ResourceNotFoundException"
        )

    def test_a_project_is_deleted_by_arn(self) -> None:
        self.codebuild.delete_project(name=self.create()["arn"])
        self.assertEqual(self.codebuild.list_projects()["projects"], [])
