"""ECR's operations on layers, which stock moto lacks.

The layers are those of the registry, in the folder that ``CODESERIES_LOCAL_REGISTRY``
names: ``blobs/<digest>``, and an empty file for each repository that has one. The
registry's own code is in ``src/local/services/ecr/blobs.ts``.
"""

import hashlib
import os
import uuid
from base64 import b64decode
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, request, send_file
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.ecr.models import Repository
from moto.ecr.responses import ECRResponse

PATH = "/codeseries/layers"

_PART_SIZE = 10 * 2**20
"""Bytes, as ECR answers it."""

app = Flask(__name__)


class LayersNotFoundException(ServiceException):
    """A repository lacks the layer."""

    code = "LayersNotFoundException"


class LayerAlreadyExistsException(ServiceException):
    """The repository has the layer already."""

    code = "LayerAlreadyExistsException"


class InvalidLayerException(ServiceException):
    """The bytes have another digest."""

    code = "InvalidLayerException"


class InvalidLayerPartException(ServiceException):
    """A part does not follow the one before it."""

    code = "InvalidLayerPartException"


class UploadNotFoundException(ServiceException):
    """There is no such upload for the repository."""

    code = "UploadNotFoundException"


def _folder(name: str) -> Path:
    folder = Path(os.environ["CODESERIES_LOCAL_REGISTRY"]) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _blob(digest: str) -> Path:
    return _folder("blobs") / digest.replace(":", "-")


def _mark(repository: Repository, digest: str) -> Path:
    host = repository.uri.split("/")[0]
    name = quote(repository.name, safe="!'()*")
    return _folder(f"repositories/{host}/{name}") / digest.replace(":", "-")


def _uploads(repository: Repository) -> Path:
    return _folder(f"api-uploads/{quote(repository.arn, safe='')}")


def _has(repository: Repository, digest: str) -> bool:
    return _mark(repository, digest).exists() and _blob(digest).exists()


def _digest(file: Path) -> str:
    computed = hashlib.sha256()
    with file.open("rb") as read:
        while part := read.read(_PART_SIZE):
            computed.update(part)
    return f"sha256:{computed.hexdigest()}"


class Layers(ECRResponse):
    """The operations, for a response of ECR."""

    def _repository(self) -> Repository:
        name = self._get_param("repositoryName")
        return self.ecr_backend._get_repository(name, self._get_param("registryId"))

    def _upload(self, repository: Repository) -> Path:
        id = self._get_param("uploadId")
        file = _uploads(repository) / str(uuid.UUID(id))
        if not file.exists():
            raise UploadNotFoundException(f"The upload '{id}' does not exist")
        return file

    def _answer(self, repository: Repository, **more: Any) -> ActionResult:
        return ActionResult(
            {
                "registryId": repository.registry_id,
                "repositoryName": repository.name,
                **more,
            }
        )

    def batch_check_layer_availability(self) -> ActionResult:
        repository = self._repository()
        layers = [
            {
                "layerDigest": digest,
                "layerAvailability": (
                    "AVAILABLE" if _has(repository, digest) else "UNAVAILABLE"
                ),
            }
            for digest in self._get_param("layerDigests")
        ]
        return ActionResult({"layers": layers, "failures": []})

    def initiate_layer_upload(self) -> ActionResult:
        repository = self._repository()
        id = str(uuid.uuid4())
        (_uploads(repository) / id).touch()
        return ActionResult({"uploadId": id, "partSize": _PART_SIZE})

    def upload_layer_part(self) -> ActionResult:
        repository = self._repository()
        file = self._upload(repository)
        first = self._get_param("partFirstByte")
        last = self._get_param("partLastByte")
        part = b64decode(self._get_param("layerPartBlob"))
        size = file.stat().st_size
        if first != size or last - first + 1 != len(part):
            raise InvalidLayerPartException(
                f"Expected a part from byte {size}, got {first} to {last} "
                f"with {len(part)} bytes"
            )
        with file.open("ab") as written:
            written.write(part)
        return self._answer(
            repository, uploadId=self._get_param("uploadId"), lastByteReceived=last
        )

    def complete_layer_upload(self) -> ActionResult:
        repository = self._repository()
        file = self._upload(repository)
        wanted = self._get_param("layerDigests")[0]
        digest = _digest(file)
        if digest != wanted:
            file.unlink()
            raise InvalidLayerException(
                f"Layer digest {wanted} does not match the calculated {digest}"
            )
        if _has(repository, digest):
            file.unlink()
            raise LayerAlreadyExistsException(
                f"Layer with digest {digest} already exists in the registry with id "
                f"'{repository.registry_id}'"
            )
        file.replace(_blob(digest))
        _mark(repository, digest).touch()
        return self._answer(
            repository, uploadId=self._get_param("uploadId"), layerDigest=digest
        )

    def get_download_url_for_layer(self) -> ActionResult:
        repository = self._repository()
        digest = self._get_param("layerDigest")
        if not _has(repository, digest):
            raise LayersNotFoundException(
                f"The layer with digest '{digest}' does not exist in the repository "
                f"with name '{repository.name}'"
            )
        url = f"http://{request.host}{PATH}/{digest}"
        return ActionResult({"downloadUrl": url, "layerDigest": digest})


@app.get(f"{PATH}/<digest>")
def download(digest: str) -> Response:
    """Stands for the signed URL of S3 that ECR gives."""
    return send_file(_blob(digest), mimetype="application/octet-stream")
