"""Corrections of stock moto, one module a service, for the Terraform AWS provider."""

from . import (
    appautoscaling,
    codebuild,
    codecommit,
    codedeploy,
    codepipeline,
    ec2,
    ecs,
    elbv2,
    gaps,
    s3,
    stepfunctions,
)

PATCHES = (
    appautoscaling,
    codebuild,
    codecommit,
    codedeploy,
    codepipeline,
    ec2,
    ecs,
    elbv2,
    gaps,
    s3,
    stepfunctions,
)
