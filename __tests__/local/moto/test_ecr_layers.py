"""ECR's operations on layers."""

import hashlib
import os
import threading
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

from botocore.exceptions import ClientError
from werkzeug.serving import make_server

from support import MotoTest, client, server


def digest_of(layer: bytes) -> str:
    return f"sha256:{hashlib.sha256(layer).hexdigest()}"


class EcrLayersTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        os.environ["CODESERIES_LOCAL_REGISTRY"] = folder.name
        self.ecr = client("ecr")
        for name in ("ecs/one", "ecs/two"):
            self.ecr.create_repository(repositoryName=name)

    def upload(self, *parts: bytes, name: str = "ecs/one") -> dict[str, Any]:
        layer = b"".join(parts)
        id = self.ecr.initiate_layer_upload(repositoryName=name)["uploadId"]
        sent = 0
        for part in parts:
            self.ecr.upload_layer_part(
                repositoryName=name,
                uploadId=id,
                partFirstByte=sent,
                partLastByte=sent + len(part) - 1,
                layerPartBlob=part,
            )
            sent += len(part)
        return self.ecr.complete_layer_upload(
            repositoryName=name, uploadId=id, layerDigests=[digest_of(layer)]
        )

    def available(self, name: str, *digests: str) -> list[str]:
        answer = self.ecr.batch_check_layer_availability(
            repositoryName=name, layerDigests=list(digests)
        )
        return [one["layerAvailability"] for one in answer["layers"]]

    def test_a_layer_is_uploaded_in_parts_and_belongs_to_its_repository(self) -> None:
        digest = digest_of(b"onetwo")
        self.assertEqual(self.upload(b"one", b"two")["layerDigest"], digest)
        other = digest_of(b"other")
        self.assertEqual(
            self.available("ecs/one", digest, other), ["AVAILABLE", "UNAVAILABLE"]
        )
        self.assertEqual(self.available("ecs/two", digest), ["UNAVAILABLE"])

    def test_a_layer_is_downloaded_from_its_url(self) -> None:
        self.upload(b"a layer")
        http = make_server("127.0.0.1", 0, server.Application(server.create_app))
        threading.Thread(target=http.serve_forever, daemon=True).start()
        self.addCleanup(http.shutdown)
        ecr = client("ecr", f"http://127.0.0.1:{http.server_port}")
        url = ecr.get_download_url_for_layer(
            repositoryName="ecs/one", layerDigest=digest_of(b"a layer")
        )["downloadUrl"]
        with urlopen(url) as answer:
            self.assertEqual(answer.read(), b"a layer")

    def test_a_part_must_follow_the_one_before_it(self) -> None:
        id = self.ecr.initiate_layer_upload(repositoryName="ecs/one")["uploadId"]
        with self.assertRaises(ClientError) as raised:
            self.ecr.upload_layer_part(
                repositoryName="ecs/one",
                uploadId=id,
                partFirstByte=3,
                partLastByte=5,
                layerPartBlob=b"two",
            )
        self.assertEqual(
            raised.exception.response["Error"]["Code"], "InvalidLayerPartException"
        )

    def test_bytes_of_another_digest_are_refused(self) -> None:
        id = self.ecr.initiate_layer_upload(repositoryName="ecs/one")["uploadId"]
        with self.assertRaises(ClientError) as raised:
            self.ecr.complete_layer_upload(
                repositoryName="ecs/one",
                uploadId=id,
                layerDigests=[digest_of(b"something else")],
            )
        self.assertEqual(
            raised.exception.response["Error"]["Code"], "InvalidLayerException"
        )

    def test_a_layer_that_exists_and_one_that_does_not(self) -> None:
        self.upload(b"a layer")
        with self.assertRaises(ClientError) as raised:
            self.upload(b"a layer")
        self.assertEqual(
            raised.exception.response["Error"]["Code"], "LayerAlreadyExistsException"
        )
        with self.assertRaises(ClientError) as raised:
            self.ecr.get_download_url_for_layer(
                repositoryName="ecs/two", layerDigest=digest_of(b"a layer")
            )
        self.assertEqual(
            raised.exception.response["Error"]["Code"], "LayersNotFoundException"
        )
