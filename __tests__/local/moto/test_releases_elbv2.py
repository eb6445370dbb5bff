"""Target health, and the documents of the load balancer."""

from typing import Any

from support import ACCOUNT, REGION, MotoTest, client

from releases import documents

GROUP_KIND = "elbv2-target-health"
ADDRESS = "10.0.0.9"


class TargetHealthTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        ec2 = client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnets = [
            ec2.create_subnet(
                VpcId=self.vpc,
                CidrBlock=f"10.0.{zone}.0/24",
                AvailabilityZone=REGION + name,
            )["Subnet"]["SubnetId"]
            for zone, name in enumerate("ab")
        ]
        self.elbv2 = client("elbv2")
        load_balancer = self.elbv2.create_load_balancer(Name="one", Subnets=subnets)
        self.load_balancer = load_balancer["LoadBalancers"][0]["LoadBalancerArn"]
        group = self.elbv2.create_target_group(
            Name="one", Protocol="HTTP", Port=80, VpcId=self.vpc, TargetType="ip"
        )
        self.group = group["TargetGroups"][0]["TargetGroupArn"]
        self.targets = [{"Id": ADDRESS, "Port": 8080}]
        self.web = documents.app.test_client()

    def listen(self) -> None:
        forward = {"Type": "forward", "TargetGroupArn": self.group}
        self.elbv2.create_listener(
            LoadBalancerArn=self.load_balancer,
            Port=80,
            Protocol="HTTP",
            DefaultActions=[forward],
        )

    def register(self) -> None:
        self.elbv2.register_targets(TargetGroupArn=self.group, Targets=self.targets)

    def described(self, **asked: Any) -> list[dict[str, Any]]:
        answer = self.elbv2.describe_target_health(TargetGroupArn=self.group, **asked)
        return answer["TargetHealthDescriptions"]

    def state(self) -> tuple[str, str | None]:
        health = self.described()[0]["TargetHealth"]
        return (health["State"], health.get("Reason"))

    def documents(self, kind: str = GROUP_KIND) -> list[dict[str, Any]]:
        return self.web.get(f"/codeseries/documents/{kind}").get_json()

    def write(self, revision: int | None = None, **document: Any) -> int:
        one = self.documents()[0]
        path = f"/codeseries/documents/{GROUP_KIND}/{ACCOUNT}/{REGION}/{one['id']}"
        read = one["revision"] if revision is None else revision
        body = {"revision": read, "document": one["document"] | document}
        return self.web.put(path, json=body).status_code

    def test_a_target_is_initial_until_the_load_balancer_has_seen_it(self) -> None:
        self.listen()
        self.register()
        self.assertEqual(self.state(), ("initial", "Elb.RegistrationInProgress"))
        self.assertEqual(self.described()[0]["HealthCheckPort"], "8080")

    def test_a_target_without_a_listener_is_unused(self) -> None:
        self.register()
        self.assertEqual(self.state(), ("unused", "Target.NotInUse"))

    def test_the_load_balancer_writes_what_it_saw(self) -> None:
        self.listen()
        self.register()
        unhealthy = {
            "state": "unhealthy",
            "reason": "Target.ResponseCodeMismatch",
            "description": "Health checks failed with these codes: [503]",
        }
        self.assertEqual(self.write(**unhealthy), 200)
        expected = {name.title(): value for name, value in unhealthy.items()}
        self.assertEqual(self.described()[0]["TargetHealth"], expected)

    def test_who_read_before_a_registration_cannot_write(self) -> None:
        self.listen()
        self.register()
        before = self.documents()[0]["revision"]
        self.register()
        self.assertEqual(self.write(before, state="healthy"), 409)

    def test_a_target_drains_until_the_load_balancer_ends_it(self) -> None:
        self.listen()
        self.register()
        self.write(state="healthy")
        self.elbv2.deregister_targets(TargetGroupArn=self.group, Targets=self.targets)
        self.assertEqual(self.state(), ("draining", "Target.DeregistrationInProgress"))
        self.assertIsNotNone(self.documents()[0]["document"]["drainingSince"])
        self.assertEqual(self.write(state="unused"), 200)
        self.assertEqual(self.described(), [])
        asked = self.described(Targets=self.targets)[0]["TargetHealth"]
        self.assertEqual(asked["Reason"], "Target.NotRegistered")

    def test_a_target_that_is_registered_again_is_initial(self) -> None:
        self.listen()
        self.register()
        self.write(state="healthy")
        self.elbv2.deregister_targets(TargetGroupArn=self.group, Targets=self.targets)
        self.register()
        self.assertEqual(self.state()[0], "initial")

    def test_writes_change_the_document_of_the_region_and_reads_do_not(self) -> None:
        before = self.documents("elbv2-region")[0]["revision"]
        self.described()
        self.assertEqual(self.documents("elbv2-region")[0]["revision"], before)
        self.listen()
        self.assertEqual(self.documents("elbv2-region")[0]["revision"], before + 1)

    def test_the_document_of_the_region_has_the_names_of_certificates(self) -> None:
        acm = client("acm")
        arn = acm.request_certificate(
            DomainName="example.com", SubjectAlternativeNames=["*.example.com"]
        )["CertificateArn"]
        document = self.documents("elbv2-region")[0]["document"]
        names = ["*.example.com", "example.com"]
        self.assertEqual(document["certificates"], {arn: names})
