"""CodePipeline pipelines."""

import json

from support import ACCOUNT, MotoTest, answer, client

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"Service": "codepipeline.amazonaws.com"},
        }
    ],
}


class PipelineTest(MotoTest):
    def test_dates_are_seconds(self) -> None:
        client("iam").create_role(
            RoleName="pipeline", AssumeRolePolicyDocument=json.dumps(TRUST)
        )
        action_type = {
            "category": "Source",
            "owner": "AWS",
            "provider": "S3",
            "version": "1",
        }
        stages = [
            {"name": name, "actions": [{"name": "one", "actionTypeId": action_type}]}
            for name in ("Source", "Copy")
        ]
        codepipeline = client("codepipeline")
        codepipeline.create_pipeline(
            pipeline={
                "name": "one",
                "roleArn": f"arn:aws:iam::{ACCOUNT}:role/pipeline",
                "artifactStore": {"type": "S3", "location": "artifacts"},
                "stages": stages,
            }
        )
        metadata = answer(codepipeline, "get_pipeline", name="one")["metadata"]
        self.assertDates(metadata, "created", "updated")
