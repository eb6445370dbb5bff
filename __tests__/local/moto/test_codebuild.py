"""CodeBuild projects that CodePipeline runs."""

from typing import Any

from botocore.exceptions import ClientError

from support import ACCOUNT, MotoTest, client

PROJECT = {
    "name": "one",
    "source": {"type": "CODEPIPELINE"},
    "artifacts": {"type": "CODEPIPELINE"},
    "environment": {
        "type": "LINUX_CONTAINER",
        "computeType": "BUILD_GENERAL1_XLARGE",
        "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0",
    },
    "serviceRole": f"arn:aws:iam::{ACCOUNT}:role/build",
    "encryptionKey": "arn:aws:kms:ap-northeast-2:123456789012:key/one",
}


class ProjectTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.codebuild = client("codebuild")

    def project(self) -> dict[str, Any]:
        return self.codebuild.batch_get_projects(names=["one"])["projects"][0]

    def test_settings_are_kept_and_completed(self) -> None:
        self.codebuild.create_project(**PROJECT)
        project = self.project()
        self.assertEqual({key: project[key] for key in PROJECT}, PROJECT)
        self.assertEqual((project["timeoutInMinutes"], project["queuedTimeoutInMinutes"]), (60, 480))

    def test_a_source_may_be_missing(self) -> None:
        self.codebuild.create_project(**PROJECT | {"source": {"type": "NO_SOURCE", "buildspec": "a"}})
        self.assertEqual(self.project()["source"]["buildspec"], "a")

    def test_a_project_changes(self) -> None:
        created = self.codebuild.create_project(**PROJECT)["project"]
        self.codebuild.update_project(name=created["arn"], timeoutInMinutes=90)
        self.assertEqual((self.project()["name"], self.project()["timeoutInMinutes"]), ("one", 90))

    def test_an_unknown_project_does_not_change(self) -> None:
        with self.assertRaises(ClientError) as raised:
            self.codebuild.update_project(name="two", timeoutInMinutes=90)
        self.assertEqual(raised.exception.response["Error"]["Code"], "ResourceNotFoundException")

    def test_a_project_is_deleted_by_arn(self) -> None:
        created = self.codebuild.create_project(**PROJECT)["project"]
        self.codebuild.delete_project(name=created["arn"])
        self.assertEqual(self.codebuild.list_projects()["projects"], [])
