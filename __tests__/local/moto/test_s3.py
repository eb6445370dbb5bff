"""Conditions in S3 bucket policies."""

import json
from typing import Any

from botocore.exceptions import ClientError

from support import REGION, MotoTest, client

ENCRYPTION = "s3:x-amz-server-side-encryption"
KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id"
BY_KEY = {
    "ServerSideEncryption": "aws:kms",
    "SSEKMSKeyId": "arn:aws:kms:eu-west-1:1:key/a",
}


class BucketPolicyTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.s3 = client("s3")
        self.s3.create_bucket(
            Bucket="one", CreateBucketConfiguration={"LocationConstraint": REGION}
        )

    def deny(self, condition: dict[str, Any]) -> None:
        statement = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": "arn:aws:s3:::one/*",
            "Condition": condition,
        }
        self.s3.put_bucket_policy(
            Bucket="one", Policy=json.dumps({"Statement": statement})
        )

    def denied(self, s3: Any = None, **parameters: Any) -> bool:
        try:
            (s3 or self.s3).put_object(Bucket="one", Key="key", **parameters)
        except ClientError as error:
            return error.response["ResponseMetadata"]["HTTPStatusCode"] == 403
        return False

    def assertDenied(self, condition: dict[str, Any], **parameters: Any) -> None:
        self.deny(condition)
        self.assertTrue(self.denied(**parameters), condition)

    def assertNotDenied(self, condition: dict[str, Any], **parameters: Any) -> None:
        self.deny(condition)
        self.assertFalse(self.denied(**parameters), condition)

    def test_plain_http_is_denied_and_tls_is_not(self) -> None:
        condition = {"Bool": {"aws:SecureTransport": "false"}}
        self.assertNotDenied(condition)
        self.assertTrue(self.denied(client("s3", "http://s3.amazonaws.com")))

    def test_equality_and_its_opposite(self) -> None:
        self.assertDenied(
            {"StringEquals": {ENCRYPTION: ["AES256", "aws:kms"]}}, **BY_KEY
        )
        self.assertNotDenied({"StringEquals": {ENCRYPTION: "AES256"}}, **BY_KEY)
        self.assertDenied({"StringNotEquals": {ENCRYPTION: "AES256"}}, **BY_KEY)
        self.assertNotDenied({"StringNotEquals": {ENCRYPTION: "aws:kms"}}, **BY_KEY)
        self.assertDenied({"StringEqualsIgnoreCase": {ENCRYPTION: "AWS:KMS"}}, **BY_KEY)

    def test_patterns(self) -> None:
        self.assertDenied({"ArnLike": {KEY: "arn:aws:kms:*:1:key/?"}}, **BY_KEY)
        self.assertNotDenied({"ArnLike": {KEY: "arn:aws:kms:*:1:key"}}, **BY_KEY)
        self.assertNotDenied({"StringNotLike": {KEY: "arn:*"}}, **BY_KEY)

    def test_a_missing_key(self) -> None:
        self.assertDenied({"Null": {KEY: "true"}})
        self.assertNotDenied({"Null": {KEY: "true"}}, **BY_KEY)
        self.assertNotDenied({"StringEquals": {KEY: "a"}})
        self.assertDenied({"StringEqualsIfExists": {KEY: "a"}})
        self.assertDenied({"StringNotEquals": {KEY: "a"}})

    def test_every_condition_must_hold(self) -> None:
        wrong_key = {"StringNotEquals": {KEY: "a"}, "Null": {KEY: "false"}}
        self.assertDenied(wrong_key, **BY_KEY)
        self.assertNotDenied(wrong_key)
