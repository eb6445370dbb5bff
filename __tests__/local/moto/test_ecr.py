"""ECR's images and the token of its registry."""

import hashlib
import json
from base64 import b64decode
from typing import Any

import boto3
from botocore.exceptions import ClientError

from support import ACCOUNT, REGION, MotoTest, client

MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json"


def manifest(text: str) -> str:
    """A manifest of two parts."""
    digest = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": MEDIA_TYPE,
            "config": {"digest": digest, "size": 100},
            "layers": [{"digest": digest, "size": 2_000}],
        }
    )


class EcrTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.ecr = client("ecr")

    def create(self, mutability: str = "MUTABLE") -> None:
        self.ecr.create_repository(
            repositoryName="one", imageTagMutability=mutability
        )

    def put(self, text: str, tag: str = "v1") -> dict[str, Any]:
        return self.ecr.put_image(
            repositoryName="one", imageManifest=manifest(text), imageTag=tag
        )["image"]

    def images(self) -> list[dict[str, Any]]:
        return self.ecr.describe_images(repositoryName="one")["imageDetails"]

    def refused(self, text: str) -> str:
        with self.assertRaises(ClientError) as raised:
            self.put(text)
        return raised.exception.response["Error"]["Code"]

    def test_an_image_has_the_digest_of_its_manifest_and_the_size_of_its_parts(self) -> None:
        self.create()
        self.put("a")
        [image] = self.images()
        self.assertEqual(image["imageSizeInBytes"], 2_100)
        digest = hashlib.sha256(manifest("a").encode()).hexdigest()
        self.assertEqual(image["imageDigest"], f"sha256:{digest}")

    def test_an_image_loses_a_tag_that_another_gets(self) -> None:
        self.create()
        self.put("a")
        self.put("b")
        self.assertEqual([one.get("imageTags", []) for one in self.images()], [[], ["v1"]])

    def test_an_immutable_tag_stays(self) -> None:
        self.create("IMMUTABLE")
        self.put("a")
        self.assertEqual(self.refused("b"), "ImageTagAlreadyExistsException")
        self.assertEqual(self.refused("a"), "ImageAlreadyExistsException")

    def test_a_token_names_the_role_and_its_key(self) -> None:
        role = f"arn:aws:iam::{ACCOUNT}:role/path/push"
        keys = client("sts").assume_role(RoleArn=role, RoleSessionName="session")["Credentials"]
        ecr = boto3.client(
            "ecr",
            region_name=REGION,
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys["SessionToken"],
        )
        [data] = ecr.get_authorization_token()["authorizationData"]
        user, password = b64decode(data["authorizationToken"]).decode().split(":")
        token = json.loads(b64decode(password))
        self.assertEqual(user, "AWS")
        self.assertEqual(
            (token["accessKeyId"], token["account"], token["roleArn"]),
            (keys["AccessKeyId"], ACCOUNT, role),
        )
        self.assertEqual(token["expiration"], int(data["expiresAt"].timestamp()))
