"""Listeners of a load balancer."""

from typing import Any

from botocore.exceptions import ClientError

from support import REGION, MotoTest, client

NOT_FOUND = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
CERTIFICATE = {
    "ServerCertificateName": "one",
    "CertificateBody": "body",
    "PrivateKey": "key",
}


class ListenerTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        ec2 = client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnets = [
            ec2.create_subnet(
                VpcId=vpc,
                CidrBlock=f"10.0.{zone}.0/24",
                AvailabilityZone=REGION + zone_id,
            )["Subnet"]["SubnetId"]
            for zone, zone_id in enumerate("ab")
        ]
        self.elbv2 = client("elbv2")
        self.load_balancer = self.elbv2.create_load_balancer(
            Name="one", Subnets=subnets
        )["LoadBalancers"][0]["LoadBalancerArn"]

    def listen(self, port: int, **settings: Any) -> str:
        return self.elbv2.create_listener(
            LoadBalancerArn=self.load_balancer,
            Port=port,
            DefaultActions=[NOT_FOUND],
            **{"Protocol": "HTTP"} | settings,
        )["Listeners"][0]["ListenerArn"]

    def test_the_cookie_of_a_target_group_lasts_a_day(self) -> None:
        vpc = client("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
        group = self.elbv2.create_target_group(
            Name="one", Protocol="HTTP", Port=80, VpcId=vpc
        )
        found = self.elbv2.describe_target_group_attributes(
            TargetGroupArn=group["TargetGroups"][0]["TargetGroupArn"]
        )["Attributes"]
        self.assertIn(
            {"Key": "stickiness.lb_cookie.duration_seconds", "Value": "86400"}, found
        )

    def test_a_listener_of_http_has_no_security_policy(self) -> None:
        listener = self.listen(80)
        found = self.elbv2.describe_listeners(ListenerArns=[listener])["Listeners"][0]
        self.assertFalse(found.get("SslPolicy"))

    def test_a_listener_turns_to_http(self) -> None:
        certificate = client("iam").upload_server_certificate(**CERTIFICATE)
        arn = certificate["ServerCertificateMetadata"]["Arn"]
        listener = self.listen(
            443, Protocol="HTTPS", Certificates=[{"CertificateArn": arn}]
        )
        self.elbv2.modify_listener(ListenerArn=listener, Port=80, Protocol="HTTP")
        found = self.elbv2.describe_listeners(ListenerArns=[listener])["Listeners"][0]
        self.assertEqual((found["Port"], found["Protocol"]), (80, "HTTP"))
        self.assertFalse(found.get("Certificates"))
        self.assertFalse(found.get("SslPolicy"))

    def test_a_port_has_one_listener(self) -> None:
        self.listen(80)
        with self.assertRaises(ClientError) as raised:
            self.elbv2.modify_listener(ListenerArn=self.listen(81), Port=80)
        self.assertEqual(
            raised.exception.response["Error"]["Code"], "DuplicateListener"
        )
