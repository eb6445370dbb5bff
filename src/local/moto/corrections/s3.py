"""S3.

Stock moto ignores the conditions of a bucket policy: one that denies plain HTTP, or a
wrong key, denies every access to every object.
"""

import json
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlparse

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3 import models, responses

from .conditions import Context, hold

_request: ContextVar[Context] = ContextVar("request")


class Bucket(models.FakeBucket):
    """A bucket whose policy applies as far as its conditions hold."""

    __module__ = models.FakeBucket.__module__

    def get_permission(self, action: str, resource: str) -> PermissionResult:
        if self.policy is None:
            return PermissionResult.NEUTRAL
        statements = json.loads(self.policy)["Statement"]
        applicable = [
            {key: value for key, value in statement.items() if key != "Condition"}
            for statement in (
                statements if isinstance(statements, list) else [statements]
            )
            if hold(statement.get("Condition", {}), _request.get())
        ]
        policy = IAMPolicy(json.dumps({"Statement": applicable}))
        return policy.is_action_permitted(action, resource)


class Response(responses.S3Response):
    """Tells the bucket what a condition can ask of the request."""

    def setup_class(self, request: Any, full_url: str, headers: Any) -> None:
        super().setup_class(request, full_url, headers)
        secure = urlparse(full_url).scheme == "https"
        amz = {
            key.lower(): value
            for key, value in headers.items()
            if key.lower().startswith("x-amz-")
        }
        _request.set(
            {f"s3:{key}": value for key, value in amz.items()}
            | {"aws:securetransport": str(secure)}
        )


def apply() -> None:
    """Put the patch on."""
    models.FakeBucket = Bucket
    responses.S3Response = Response
