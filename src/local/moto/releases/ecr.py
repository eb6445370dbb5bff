"""ECR's images and the token of its registry.

Stock moto's token names only the account, computes an image's digest from its layers
and its size from its configuration, forgets an image whose tag is overwritten, and
refuses an immutable tag under the name of another error.
"""

import hashlib
import json
from base64 import b64encode
from fnmatch import fnmatchcase
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.core.utils import unix_time
from moto.ecr import models, responses
from moto.ecr.exceptions import (
    ImageAlreadyExistsException,
    InvalidParameterException,
    RepositoryNotFoundException,
)

from .callers import role_of
from .ecr_layers import Layers

_HOURS = 12
"""How long AWS's token is valid."""


class ImageTagAlreadyExistsException(ServiceException):
    """A tag that cannot be overwritten."""

    code = "ImageTagAlreadyExistsException"


class Image(models.Image):
    """An image with the digest and the size that a registry computes."""

    def _create_digest(self) -> None:
        digest = hashlib.sha256(self.image_manifest.encode()).hexdigest()
        self._image_digest = f"sha256:{digest}"

    def get_image_size_in_bytes(self) -> int | None:
        """An index of images has no size of its own."""
        manifest = json.loads(self.image_manifest)
        if "layers" not in manifest:
            return None
        parts = [manifest.get("config", {}), *manifest["layers"]]
        return sum(part.get("size", 0) for part in parts)

    def remove_tag(self, tag: str) -> None:
        super().remove_tag(tag)
        if not self.image_tags:
            self.image_tag = None


def immutable(repository: models.Repository, tag: str) -> bool:
    """Whether an existing tag must not be overwritten."""
    filters = repository.image_tag_mutability_exclusion_filters or []
    excluded = any(fnmatchcase(tag, one["filter"]) for one in filters)
    return repository.image_tag_mutability.startswith("IMMUTABLE") != excluded


class Response(Layers):
    """PutImage as AWS has it, and a token that names its caller."""

    def get_authorization_token(self) -> ActionResult:
        account = self.current_account
        role = role_of(account, self.access_key)
        expires = unix_time() + _HOURS * 3600
        identity = {
            "accessKeyId": self.access_key,
            "account": account,
            "expiration": int(expires),
        } | ({"roleArn": role.role_arn} if role else {})
        password = b64encode(json.dumps(identity).encode()).decode()
        host = f"{account}.dkr.ecr.{self.region}.amazonaws.com"
        data = {
            "authorizationToken": b64encode(f"AWS:{password}".encode()).decode(),
            "expiresAt": expires,
            "proxyEndpoint": f"https://{host}",
        }
        return ActionResult({"authorizationData": [data]})

    def put_image(self) -> ActionResult:
        name = self._get_param("repositoryName")
        repository = self.ecr_backend.repositories.get(name)
        if not repository:
            raise RepositoryNotFoundException(name, self.current_account)
        image = self._new_image(name)
        digest = image.get_image_digest()
        tag = self._get_param("imageTag")
        known = next(
            (one for one in repository.images if one.get_image_digest() == digest), None
        )
        tagged = next(
            (one for one in repository.images if tag and tag in one.image_tags), None
        )
        if known and (tagged is known or not tag):
            raise ImageAlreadyExistsException(
                name, repository.registry_id, digest, tag or ""
            )
        if tagged and immutable(repository, tag):
            raise ImageTagAlreadyExistsException(
                f"The image tag '{tag}' already exists in the '{name}' repository and "
                "cannot be overwritten because the tag is immutable."
            )
        if tagged:
            tagged.remove_tag(tag)
        if known:
            known.update_tag(tag)
            image = known
        else:
            repository.images.append(image)
        return ActionResult({"image": image})

    def _new_image(self, name: str) -> Image:
        manifest = self._get_param("imageManifest")
        try:
            parsed: dict[str, Any] = json.loads(manifest)
        except json.JSONDecodeError as error:
            raise InvalidParameterException(
                "Invalid parameter at 'ImageManifest' failed to satisfy constraint: "
                "'Invalid JSON syntax'"
            ) from error
        media_type = self._get_param("imageManifestMediaType") or parsed.get(
            "mediaType"
        )
        if not media_type:
            raise InvalidParameterException(
                "image manifest mediatype not provided in manifest or parameter"
            )
        image = Image(
            self.current_account,
            self._get_param("imageTag"),
            manifest,
            name,
            media_type,
        )
        wanted = self._get_param("imageDigest")
        if wanted and wanted != image.get_image_digest():
            raise InvalidParameterException(
                f"The image digest {wanted} does not match the calculated digest"
            )
        return image


def apply() -> None:
    """Put the patch on."""
    models.Image = Image
    responses.ECRResponse = Response
