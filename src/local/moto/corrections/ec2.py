"""EC2.

Stock moto drops the description of a security group rule that refers to another group.
It reads the tags of every resource while other requests add some, and then answers 500 to
a request that it has carried out: the provider's second attempt is a duplicate.
"""

from collections import defaultdict

from moto.ec2.models import security_groups, tags


class Rule(security_groups.SecurityGroupRule):
    """A rule that keeps its description whatever it refers to."""

    __module__ = security_groups.SecurityGroupRule.__module__

    @property
    def description(self) -> str | None:
        return super().description or self.source_group.get("Description")


class Tags(defaultdict[str, dict[str, str]]):
    """The tags of each resource. A reader gets a copy that no other request changes."""

    def copy(self) -> "Tags":
        copied = [(resource, dict(of)) for resource, of in list(self.items())]
        return Tags(self.default_factory, copied)


def _begin(backend: tags.TagBackend) -> None:
    backend.tags = Tags(dict)


def apply() -> None:
    """Put the patches on."""
    security_groups.SecurityGroupRule = Rule
    tags.TagBackend.__init__ = _begin
