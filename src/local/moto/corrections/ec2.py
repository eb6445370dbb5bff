"""EC2.

Stock moto drops the description of a security group rule that refers to another group.
"""

from moto.ec2.models import security_groups


class Rule(security_groups.SecurityGroupRule):
    """A rule that keeps its description whatever it refers to."""

    __module__ = security_groups.SecurityGroupRule.__module__

    @property
    def description(self) -> str | None:
        return super().description or self.source_group.get("Description")


def apply() -> None:
    """Put the patch on."""
    security_groups.SecurityGroupRule = Rule
