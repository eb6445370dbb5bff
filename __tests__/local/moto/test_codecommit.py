"""CodeCommit repositories."""

from typing import Any

from botocore.exceptions import ClientError

from support import ACCOUNT, REGION, MotoTest, answer, client

ARN = f"arn:aws:codecommit:{REGION}:{ACCOUNT}:one"


class RepositoryTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.codecommit = client("codecommit")
        self.codecommit.create_repository(
            repositoryName="one", tags={"team": "a"}, kmsKeyId="alias/one"
        )

    def test_dates_are_seconds(self) -> None:
        metadata = answer(self.codecommit, "get_repository", repositoryName="one")[
            "repositoryMetadata"
        ]
        self.assertDates(metadata, "creationDate", "lastModifiedDate")

    def test_the_key_is_kept(self) -> None:
        metadata = self.codecommit.get_repository(repositoryName="one")[
            "repositoryMetadata"
        ]
        self.assertEqual(metadata["kmsKeyId"], "alias/one")

    def test_tags_change(self) -> None:
        self.codecommit.tag_resource(resourceArn=ARN, tags={"team": "b", "cost": "c"})
        self.codecommit.untag_resource(resourceArn=ARN, tagKeys=["cost"])
        tags = self.codecommit.list_tags_for_resource(resourceArn=ARN)["tags"]
        self.assertEqual(tags, {"team": "b"})

    def test_the_description_changes(self) -> None:
        self.codecommit.update_repository_description(
            repositoryName="one", repositoryDescription="The first"
        )
        metadata = self.codecommit.get_repository(repositoryName="one")[
            "repositoryMetadata"
        ]
        self.assertEqual(metadata["repositoryDescription"], "The first")


class ApprovalRuleTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.codecommit = client("codecommit")
        self.codecommit.create_repository(repositoryName="one")
        self.codecommit.create_approval_rule_template(
            approvalRuleTemplateName="two-people",
            approvalRuleTemplateDescription="Pull requests to main",
            approvalRuleTemplateContent="{}",
        )

    def template(self, name: str = "two-people") -> dict[str, Any]:
        answered = answer(
            self.codecommit, "get_approval_rule_template", approvalRuleTemplateName=name
        )
        template: dict[str, Any] = answered["approvalRuleTemplate"]
        return template

    def associated(self) -> list[str]:
        listed = self.codecommit.list_associated_approval_rule_templates_for_repository(
            repositoryName="one"
        )
        names: list[str] = listed["approvalRuleTemplateNames"]
        return names

    def assertRefused(self, code: str, operation: str, **parameters: Any) -> None:
        with self.assertRaises(ClientError) as refused:
            getattr(self.codecommit, operation)(**parameters)
        self.assertEqual(refused.exception.response["Error"]["Code"], code)

    def test_a_template_is_kept_once_and_changes(self) -> None:
        self.assertDates(self.template(), "creationDate", "lastModifiedDate")
        self.assertRefused(
            "ApprovalRuleTemplateNameAlreadyExistsException",
            "create_approval_rule_template",
            approvalRuleTemplateName="two-people",
            approvalRuleTemplateContent="{}",
        )
        before = self.template()["ruleContentSha256"]
        self.codecommit.update_approval_rule_template_content(
            approvalRuleTemplateName="two-people", newRuleContent="[]"
        )
        self.codecommit.update_approval_rule_template_description(
            approvalRuleTemplateName="two-people", approvalRuleTemplateDescription="New"
        )
        self.codecommit.update_approval_rule_template_name(
            oldApprovalRuleTemplateName="two-people", newApprovalRuleTemplateName="two"
        )
        template = self.template("two")
        self.assertEqual(template["approvalRuleTemplateContent"], "[]")
        self.assertNotEqual(template["ruleContentSha256"], before)
        self.assertEqual(template["approvalRuleTemplateDescription"], "New")

    def test_an_associated_template_cannot_be_deleted(self) -> None:
        both = {"approvalRuleTemplateName": "two-people", "repositoryName": "one"}
        name = {"approvalRuleTemplateName": "two-people"}
        self.codecommit.associate_approval_rule_template_with_repository(**both)
        self.assertEqual(self.associated(), ["two-people"])
        listed = self.codecommit.list_repositories_for_approval_rule_template(**name)
        self.assertEqual(listed["repositoryNames"], ["one"])
        self.assertRefused(
            "ApprovalRuleTemplateInUseException", "delete_approval_rule_template", **name
        )
        self.codecommit.disassociate_approval_rule_template_from_repository(**both)
        self.assertEqual(self.associated(), [])
        self.codecommit.delete_approval_rule_template(**name)
        self.assertRefused(
            "ApprovalRuleTemplateDoesNotExistException",
            "get_approval_rule_template",
            **name,
        )
