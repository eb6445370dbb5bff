"""What moto lacks for releases, one module a service.

moto holds what is wanted and what is; controllers in TypeScript act. ``changes`` lets
them wait for a change, ``documents`` lets them write what only a service itself writes.
"""

from . import (
    changes,
    cloudwatch,
    codebuild,
    codecommit,
    codedeploy,
    codepipeline,
    ecr,
    ecs,
    elbv2,
    events,
)

PATCHES = (
    changes,
    cloudwatch,
    codebuild,
    codecommit,
    codedeploy,
    codepipeline,
    ecr,
    ecs,
    elbv2,
    events,
)
