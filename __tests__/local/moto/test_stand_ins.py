"""Stand-ins for what exists outside a configuration."""

from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from werkzeug.test import Client

from support import ACCOUNT, REGION, STOCK, MotoTest, client, server

Application = DomainDispatcherApplication if STOCK else server.Application


def arn(service: str, resource: str, region: str = REGION) -> str:
    return f"arn:aws:{service}:{region}:{ACCOUNT}:{resource}"


class StandInTest(MotoTest):
    def make(self, kind: str, id: str, **more: Any) -> bool:
        """Whether it is a stand-in."""
        wanted = {"kind": kind, "account": ACCOUNT, "region": REGION, "id": id} | more
        answer = Client(Application(server.create_app)).post(
            server.stand_ins.PATH, json=[wanted]
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json[0]

    def test_a_network(self) -> None:
        ec2 = client("ec2")
        self.assertTrue(self.make("VPC", "vpc-1a"))
        for zone, subnet in enumerate(["subnet-1a", "subnet-1b"]):
            self.assertTrue(self.make("subnet", subnet, vpc="vpc-1a", zone=zone))
        self.assertTrue(self.make("security group", "sg-1a", vpc="vpc-1a"))
        self.assertTrue(self.make("prefix list", "pl-1a"))
        subnets = ec2.describe_subnets(SubnetIds=["subnet-1a", "subnet-1b"])["Subnets"]
        self.assertEqual({subnet["VpcId"] for subnet in subnets}, {"vpc-1a"})
        self.assertEqual(len({subnet["AvailabilityZone"] for subnet in subnets}), 2)
        ec2.describe_security_groups(GroupIds=["sg-1a"])
        ec2.describe_managed_prefix_lists(PrefixListIds=["pl-1a"])

    def test_secrets(self) -> None:
        whole, keyed = (
            arn("secretsmanager", f"secret:{name}-AbCdEf") for name in ("a", "b")
        )
        self.assertTrue(self.make("secret", whole, keys=[]))
        self.assertTrue(self.make("secret", keyed, keys=["user"]))
        secrets = client("secretsmanager")
        values = [
            secrets.get_secret_value(SecretId=one)["SecretString"]
            for one in (whole, keyed)
        ]
        self.assertEqual(values, ["stand-in", '{"user": "stand-in"}'])
        self.assertTrue(self.make("parameter", "/a/b"))
        client("ssm").get_parameter(Name="/a/b")

    def test_what_an_arn_names(self) -> None:
        certificate, function = arn("acm", "certificate/1a"), arn("lambda", "function:f")
        key, policy = arn("kms", "key/1a"), arn("iam", "policy/team/boundary", "")
        for kind, one in (
            ("certificate", certificate),
            ("function", function),
            ("key", key),
            ("policy", policy),
        ):
            self.assertTrue(self.make(kind, one), kind)
        client("acm").describe_certificate(CertificateArn=certificate)
        client("lambda").get_function(FunctionName=function)
        client("kms").describe_key(KeyId=key)
        client("iam").get_policy(PolicyArn=policy)

    def test_a_hosted_zone_and_an_alarm(self) -> None:
        self.assertTrue(self.make("hosted zone", "Z1A", name="example.com"))
        zone = client("route53").get_hosted_zone(Id="Z1A")["HostedZone"]
        self.assertEqual(zone["Name"], "example.com.")
        self.assertTrue(self.make("alarm", "one"))
        alarms = client("cloudwatch").describe_alarms(AlarmNames=["one"])
        self.assertEqual(len(alarms["MetricAlarms"]), 1)

    def test_what_a_person_made_is_no_stand_in(self) -> None:
        vpc = client("ec2").create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        self.assertFalse(self.make("VPC", vpc))
        self.assertTrue(self.make("VPC", "vpc-1a"))
        self.assertTrue(self.make("VPC", "vpc-1a"))
