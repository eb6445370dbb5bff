"""Scalable targets of Application Auto Scaling."""

from botocore.exceptions import ClientError

from support import ACCOUNT, REGION, MotoTest, client

TARGET = {
    "ServiceNamespace": "ecs",
    "ResourceId": "service/main/one",
    "ScalableDimension": "ecs:service:DesiredCount",
}


class TargetTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        ecs = client("ecs")
        ecs.create_cluster(clusterName="main")
        ecs.create_service(cluster="main", serviceName="one", desiredCount=1)
        self.scaling = client("application-autoscaling")
        self.arn = self.scaling.register_scalable_target(
            **TARGET, MinCapacity=1, MaxCapacity=2, Tags={"team": "a"}
        )["ScalableTargetARN"]

    def tags(self) -> dict[str, str]:
        return self.scaling.list_tags_for_resource(ResourceARN=self.arn)["Tags"]

    def test_tags_are_kept(self) -> None:
        self.assertEqual(self.tags(), {"team": "a"})

    def test_tags_change(self) -> None:
        self.scaling.tag_resource(ResourceARN=self.arn, Tags={"team": "b", "cost": "c"})
        self.scaling.untag_resource(ResourceARN=self.arn, TagKeys=["cost"])
        self.assertEqual(self.tags(), {"team": "b"})

    def test_an_unknown_target_has_no_tags(self) -> None:
        arn = f"arn:aws:application-autoscaling:{REGION}:{ACCOUNT}:scalable-target/two"
        with self.assertRaises(ClientError) as raised:
            self.scaling.list_tags_for_resource(ResourceARN=arn)
        code = raised.exception.response["Error"]["Code"]
        self.assertEqual(code, "ResourceNotFoundException")
