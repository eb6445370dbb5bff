"""Approval rule templates of CodeCommit, which stock moto lacks.

They are kept, and nothing more: the embedded AWS has no pull requests.

https://docs.aws.amazon.com/codecommit/latest/APIReference/API_ApprovalRuleTemplate.html
"""

import hashlib
import json
from typing import Any

from moto.codecommit.responses import CodeCommitResponse
from moto.core.exceptions import JsonRESTError
from moto.core.utils import unix_time
from moto.moto_api._internal import mock_random


class Templates(dict[str, dict[str, Any]]):
    """The templates of an account and region by name, with the repositories of each."""

    def __init__(self) -> None:
        super().__init__()
        self.repositories: dict[str, set[str]] = {}

    def of(self, name: str) -> dict[str, Any]:
        """A template that exists."""
        if name not in self:
            raise JsonRESTError(
                "ApprovalRuleTemplateDoesNotExistException",
                f"The approval rule template {name} does not exist",
            )
        return self[name]


def _written(content: str) -> dict[str, Any]:
    return {
        "approvalRuleTemplateContent": content,
        "ruleContentSha256": hashlib.sha256(content.encode()).hexdigest(),
    }


class ApprovalRules(CodeCommitResponse):
    """The operations on approval rule templates."""

    @property
    def _templates(self) -> Templates:
        # A reset of the backend empties its attributes.
        templates: Templates = vars(self.codecommit_backend).setdefault(
            "templates", Templates()
        )
        return templates

    def _asked(self, key: str = "approvalRuleTemplateName") -> dict[str, Any]:
        return self._templates.of(self._get_param(key))

    def _answer(self, template: dict[str, Any], **changes: Any) -> str:
        template |= changes | {"lastModifiedDate": unix_time()}
        return json.dumps({"approvalRuleTemplate": template})

    def create_approval_rule_template(self) -> str:
        name = self._get_param("approvalRuleTemplateName")
        if name in self._templates:
            raise JsonRESTError(
                "ApprovalRuleTemplateNameAlreadyExistsException",
                f"An approval rule template named {name} already exists",
            )
        self._templates[name] = {
            "approvalRuleTemplateId": str(mock_random.uuid4()),
            "approvalRuleTemplateName": name,
            "approvalRuleTemplateDescription": self._get_param(
                "approvalRuleTemplateDescription", ""
            ),
            "creationDate": unix_time(),
            "lastModifiedUser": f"arn:aws:iam::{self.current_account}:root",
        }
        self._templates.repositories[name] = set()
        content = self._get_param("approvalRuleTemplateContent")
        return self._answer(self._templates[name], **_written(content))

    def get_approval_rule_template(self) -> str:
        return json.dumps({"approvalRuleTemplate": self._asked()})

    def update_approval_rule_template_content(self) -> str:
        return self._answer(self._asked(), **_written(self._get_param("newRuleContent")))

    def update_approval_rule_template_description(self) -> str:
        key = "approvalRuleTemplateDescription"
        return self._answer(self._asked(), **{key: self._get_param(key)})

    def update_approval_rule_template_name(self) -> str:
        template = self._asked("oldApprovalRuleTemplateName")
        old, new = template["approvalRuleTemplateName"], self._get_param(
            "newApprovalRuleTemplateName"
        )
        self._templates[new] = self._templates.pop(old)
        self._templates.repositories[new] = self._templates.repositories.pop(old)
        return self._answer(template, approvalRuleTemplateName=new)

    def delete_approval_rule_template(self) -> str:
        name = self._get_param("approvalRuleTemplateName")
        if self._templates.repositories.get(name):
            raise JsonRESTError(
                "ApprovalRuleTemplateInUseException",
                f"The approval rule template {name} is associated with a repository",
            )
        deleted = self._templates.pop(name, {})
        return json.dumps(
            {"approvalRuleTemplateId": deleted.get("approvalRuleTemplateId", "")}
        )

    def associate_approval_rule_template_with_repository(self) -> str:
        repository = self._get_param("repositoryName")
        self.codecommit_backend.get_repository(repository)
        name = self._asked()["approvalRuleTemplateName"]
        self._templates.repositories[name].add(repository)
        return "{}"

    def disassociate_approval_rule_template_from_repository(self) -> str:
        name = self._asked()["approvalRuleTemplateName"]
        self._templates.repositories[name].discard(self._get_param("repositoryName"))
        return "{}"

    def list_associated_approval_rule_templates_for_repository(self) -> str:
        repository = self._get_param("repositoryName")
        self.codecommit_backend.get_repository(repository)
        named = [
            name
            for name, repositories in self._templates.repositories.items()
            if repository in repositories
        ]
        return json.dumps({"approvalRuleTemplateNames": sorted(named)})

    def list_repositories_for_approval_rule_template(self) -> str:
        name = self._asked()["approvalRuleTemplateName"]
        return json.dumps({"repositoryNames": sorted(self._templates.repositories[name])})
