"""Corrections of stock moto, one module a service, for the Terraform AWS provider."""

from importlib import import_module

_MODULES = (
    "appautoscaling",
    "codebuild",
    "codecommit",
    "codedeploy",
    "codepipeline",
    "ec2",
    "ecs",
    "elbv2",
    "gaps",
    "iam",
    "s3",
    "stepfunctions",
)
"""In the order in which they are put on."""

PATCHES = tuple(import_module(f".{name}", __name__) for name in _MODULES)
