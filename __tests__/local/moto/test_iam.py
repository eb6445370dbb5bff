"""Whose an access key is."""

import boto3
from moto.iam.models import iam_backends

from support import REGION, MotoTest, client

ROLE = "arn:aws:iam::222222222222:role/deploy"


class AccessKeyTest(MotoTest):
    def test_is_looked_for_without_making_the_iams_of_other_partitions(self) -> None:
        answer = client("sts").assume_role(RoleArn=ROLE, RoleSessionName="deploy")
        credentials = answer["Credentials"]
        caller = boto3.client(
            "sts",
            region_name=REGION,
            aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials["SecretAccessKey"],
            aws_session_token=credentials["SessionToken"],
        ).get_caller_identity()
        self.assertEqual(caller["Account"], "222222222222")
        for partitions in iam_backends.values():
            self.assertEqual(list(partitions), ["aws"])
