"""CodeDeploy applications, deployment groups and configurations."""

from typing import Any

from botocore.exceptions import ClientError

from support import ACCOUNT, MotoTest, answer, client

ALARMS = {
    "alarms": [{"name": "errors"}],
    "enabled": True,
    "ignorePollAlarmFailure": False,
}
GROUP = {"applicationName": "one", "deploymentGroupName": "blue-green"}


class DeploymentTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.codedeploy = client("codedeploy")
        self.codedeploy.create_application(applicationName="one", computePlatform="ECS")
        self.codedeploy.create_deployment_group(
            **GROUP,
            serviceRoleArn=f"arn:aws:iam::{ACCOUNT}:role/deploy",
            alarmConfiguration=ALARMS,
            deploymentConfigName="CodeDeployDefault.ECSAllAtOnce",
        )

    def group(self) -> dict[str, Any]:
        return self.codedeploy.get_deployment_group(**GROUP)["deploymentGroupInfo"]

    def assertMissing(self, code: str, operation: str, **parameters: Any) -> None:
        with self.assertRaises(ClientError) as raised:
            getattr(self.codedeploy, operation)(**parameters)
        self.assertEqual(raised.exception.response["Error"]["Code"], code)

    def test_dates_are_seconds(self) -> None:
        self.assertDates(
            answer(self.codedeploy, "get_application", applicationName="one")[
                "application"
            ],
            "createTime",
        )

    def test_a_group_shows_its_alarms(self) -> None:
        self.assertEqual(self.group()["alarmConfiguration"], ALARMS)

    def test_a_group_changes_and_keeps_the_rest(self) -> None:
        self.codedeploy.update_deployment_group(
            applicationName="one",
            currentDeploymentGroupName="blue-green",
            deploymentConfigName="CodeDeployDefault.ECSCanary10Percent5Minutes",
        )
        self.assertEqual(
            self.group()["deploymentConfigName"],
            "CodeDeployDefault.ECSCanary10Percent5Minutes",
        )
        self.assertEqual(self.group()["alarmConfiguration"], ALARMS)

    def test_a_group_gets_a_new_name(self) -> None:
        self.codedeploy.update_deployment_group(
            applicationName="one",
            currentDeploymentGroupName="blue-green",
            newDeploymentGroupName="main",
        )
        groups = self.codedeploy.list_deployment_groups(applicationName="one")[
            "deploymentGroups"
        ]
        self.assertEqual(groups, ["main"])

    def test_a_group_is_deleted(self) -> None:
        self.codedeploy.delete_deployment_group(**GROUP)
        self.assertMissing(
            "DeploymentGroupDoesNotExistException", "get_deployment_group", **GROUP
        )

    def test_an_application_is_deleted_with_its_groups(self) -> None:
        self.codedeploy.delete_application(applicationName="one")
        self.assertMissing(
            "ApplicationDoesNotExistException", "get_application", applicationName="one"
        )
        groups = self.codedeploy.list_deployment_groups(applicationName="one")[
            "deploymentGroups"
        ]
        self.assertEqual(groups, [])

    def test_a_configuration_lives_and_ends(self) -> None:
        routing = {
            "type": "TimeBasedCanary",
            "timeBasedCanary": {"canaryPercentage": 10, "canaryInterval": 2},
        }
        self.codedeploy.create_deployment_config(
            deploymentConfigName="slow",
            computePlatform="ECS",
            trafficRoutingConfig=routing,
        )
        name = {"deploymentConfigName": "slow"}
        config = answer(self.codedeploy, "get_deployment_config", **name)[
            "deploymentConfigInfo"
        ]
        self.assertEqual(config["trafficRoutingConfig"], routing)
        self.assertDates(config, "createTime")
        self.codedeploy.delete_deployment_config(**name)
        self.assertMissing(
            "DeploymentConfigDoesNotExistException", "get_deployment_config", **name
        )
