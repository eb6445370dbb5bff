"""CodeCommit: what a push changes, and the events and executions that follow."""

import json
import unittest

from support import ACCOUNT, REGION, STOCK, MotoTest, client
from test_codepipeline import TRUST

from releases import codecommit, documents

ARN = f"arn:aws:codecommit:{REGION}:{ACCOUNT}:one"
COMMIT = {"commitId": "a1", "message": "First", "treeId": "t", "parents": []}


def push(**refs: str) -> None:
    """What the controller writes after a push."""
    document = {"refs": refs, "commits": [COMMIT]}
    codecommit.Documents().write(ACCOUNT, REGION, "one", document)


class PushTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.codecommit = client("codecommit")
        self.codecommit.create_repository(repositoryName="one")

    @unittest.skipIf(STOCK, "a function of ours alone")
    def test_each_difference_is_an_event(self) -> None:
        changed = codecommit.changes_of(
            {"refs/heads/main": "a1", "refs/heads/old": "a1", "refs/heads/same": "a1"},
            {
                "refs/heads/main": "b2",
                "refs/heads/same": "a1",
                "refs/tags/v1": "b2",
                "refs/notes/x": "b2",
            },
        )
        self.assertEqual(
            changed,
            [
                {
                    "event": "referenceUpdated",
                    "referenceType": "branch",
                    "referenceName": "main",
                    "referenceFullName": "refs/heads/main",
                    "commitId": "b2",
                    "oldCommitId": "a1",
                },
                {
                    "event": "referenceDeleted",
                    "referenceType": "branch",
                    "referenceName": "old",
                    "referenceFullName": "refs/heads/old",
                    "oldCommitId": "a1",
                },
                {
                    "event": "referenceCreated",
                    "referenceType": "tag",
                    "referenceName": "v1",
                    "referenceFullName": "refs/tags/v1",
                    "commitId": "b2",
                },
            ],
        )

    def test_branches_and_commits_are_known(self) -> None:
        push(**{"refs/heads/main": "a1"})
        self.assertEqual(
            self.codecommit.list_branches(repositoryName="one")["branches"], ["main"]
        )
        branch = self.codecommit.get_branch(repositoryName="one", branchName="main")
        self.assertEqual(branch["branch"]["commitId"], "a1")
        commit = self.codecommit.get_commit(repositoryName="one", commitId="a1")
        self.assertEqual(commit["commit"]["message"], "First")
        metadata = self.codecommit.get_repository(repositoryName="one")
        self.assertEqual(metadata["repositoryMetadata"]["defaultBranch"], "main")
        with self.assertRaises(
            self.codecommit.exceptions.BranchDoesNotExistException
        ):
            self.codecommit.get_branch(repositoryName="one", branchName="other")

    def test_a_push_to_the_branch_of_a_rule_starts_the_pipeline(self) -> None:
        client("iam").create_role(
            RoleName="pipeline", AssumeRolePolicyDocument=json.dumps(TRUST)
        )
        pipeline = client("codepipeline")
        type = {"category": "Source", "owner": "AWS", "provider": "S3", "version": "1"}
        pipeline.create_pipeline(
            pipeline={
                "name": "one",
                "roleArn": f"arn:aws:iam::{ACCOUNT}:role/pipeline",
                "artifactStore": {"type": "S3", "location": "artifacts"},
                "stages": [
                    {"name": name, "actions": [{"name": "a", "actionTypeId": type}]}
                    for name in ("Source", "Copy")
                ],
            }
        )
        events = client("events")
        rule = events.put_rule(
            Name="push",
            EventPattern=json.dumps(
                {
                    "source": ["aws.codecommit"],
                    "detail-type": ["CodeCommit Repository State Change"],
                    "resources": [ARN],
                    "detail": {
                        "event": ["referenceCreated", "referenceUpdated"],
                        "referenceType": ["branch"],
                        "referenceName": ["main"],
                    },
                }
            ),
        )["RuleArn"]
        arn = f"arn:aws:codepipeline:{REGION}:{ACCOUNT}:one"
        events.put_targets(Rule="push", Targets=[{"Id": "pipeline", "Arn": arn}])

        def triggers() -> list[str]:
            found = pipeline.list_pipeline_executions(pipelineName="one")
            return [
                one["trigger"]["triggerType"]
                for one in found["pipelineExecutionSummaries"]
            ]

        push(**{"refs/heads/other": "a1", "refs/tags/main": "a1"})
        self.assertEqual(triggers(), ["CreatePipeline"])
        push(**{"refs/heads/main": "a1"})
        self.assertEqual(triggers(), ["CloudWatchEvent", "CreatePipeline"])
        last = pipeline.list_pipeline_executions(pipelineName="one", maxResults=1)
        [execution] = last["pipelineExecutionSummaries"]
        self.assertEqual(execution["trigger"]["triggerDetail"], rule)
        # The same refs again, and a rule that is disabled.
        push(**{"refs/heads/main": "a1"})
        events.disable_rule(Name="push")
        push(**{"refs/heads/main": "b2"})
        self.assertEqual(len(triggers()), 2)
        open = documents._kinds["codepipeline"].read()
        self.assertEqual(len(open), 2)
