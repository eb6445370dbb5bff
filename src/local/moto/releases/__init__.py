"""What moto lacks for releases, one module a service.

moto holds what is wanted and what is; controllers in TypeScript act. ``changes`` lets
them wait for a change, ``documents`` lets them write what only a service itself writes.
"""

from importlib import import_module

_MODULES = (
    "changes",
    "alarm_history",
    "cloudwatch",
    "codebuild",
    "codecommit",
    "codedeploy",
    "codepipeline",
    "ecr",
    "ecs",
    "elbv2",
    "events",
)
"""In the order in which they are put on."""

PATCHES = tuple(import_module(f".{name}", __name__) for name in _MODULES)
