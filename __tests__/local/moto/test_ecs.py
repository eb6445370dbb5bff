"""ECS services."""

from support import MotoTest, client

SETTINGS = {
    "availabilityZoneRebalancing": "DISABLED",
    "deploymentConfiguration": {"maximumPercent": 150, "minimumHealthyPercent": 50},
    "enableECSManagedTags": True,
    "enableExecuteCommand": True,
    "healthCheckGracePeriodSeconds": 60,
}


class ServiceTest(MotoTest):
    def test_settings_are_kept(self) -> None:
        ecs = client("ecs")
        ecs.create_cluster(clusterName="main")
        ecs.create_service(
            cluster="main", serviceName="one", desiredCount=1, **SETTINGS
        )
        service = ecs.describe_services(cluster="main", services=["one"])["services"][0]
        self.assertEqual({key: service.get(key) for key in SETTINGS}, SETTINGS)
