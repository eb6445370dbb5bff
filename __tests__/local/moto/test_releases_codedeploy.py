"""Deployments of CodeDeploy, and the document by which the controller moves them on."""

import json
import re
from hashlib import sha256
from typing import Any

from botocore.exceptions import ClientError

from support import ACCOUNT, REGION, MotoTest, answer, client

from releases import documents

GROUP = {"applicationName": "one", "deploymentGroupName": "blue-green"}
APP_SPEC = "version: 0.0\nResources: []\n"
DIGEST = sha256(APP_SPEC.encode()).hexdigest()
REVISION = {
    "revisionType": "AppSpecContent",
    "appSpecContent": {"content": APP_SPEC},
}
KIND = "codedeploy-deployment"


class DeploymentsTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.codedeploy = client("codedeploy")
        self.codedeploy.create_application(applicationName="one", computePlatform="ECS")
        self.codedeploy.create_deployment_group(
            **GROUP,
            serviceRoleArn=f"arn:aws:iam::{ACCOUNT}:role/deploy",
            autoRollbackConfiguration={
                "enabled": True,
                "events": ["DEPLOYMENT_FAILURE"],
            },
            alarmConfiguration={"enabled": True, "alarms": [{"name": "errors"}]},
            deploymentConfigName="CodeDeployDefault.ECSCanary10Percent5Minutes",
            ecsServices=[{"serviceName": "api", "clusterName": "main"}],
        )

    def create(self, **more: Any) -> str:
        wanted = GROUP | {"revision": REVISION} | more
        return self.codedeploy.create_deployment(**wanted)["deploymentId"]

    def info(self, id: str) -> dict[str, Any]:
        return answer(self.codedeploy, "get_deployment", deploymentId=id)[
            "deploymentInfo"
        ]

    def read(self, id: str) -> dict[str, Any]:
        [one] = [
            one
            for one in documents.app.test_client().get(f"{documents.PATH}/{KIND}").json
            if one["id"] == id
        ]
        return one

    def write(self, read: dict[str, Any], **changes: Any) -> int:
        path = f"{documents.PATH}/{KIND}/{ACCOUNT}/{REGION}/{read['id']}"
        body = {
            "revision": read["revision"],
            "document": read["document"] | changes,
        }
        return documents.app.test_client().put(path, json=body).status_code

    def become(self, id: str, **changes: Any) -> None:
        """As the controller would write it."""
        read = self.read(id)
        info = read["document"]["info"] | changes.pop("info", {})
        self.assertEqual(self.write(read, info=info, **changes), 200)

    def assertRefused(self, code: str, operation: str, **parameters: Any) -> str:
        with self.assertRaises(ClientError) as raised:
            getattr(self.codedeploy, operation)(**parameters)
        error = raised.exception.response["Error"]
        self.assertEqual(error["Code"], code)
        return error["Message"]

    def assertNotCreated(self, code: str, **parameters: Any) -> str:
        wanted = GROUP | {"revision": REVISION} | parameters
        return self.assertRefused(code, "create_deployment", **wanted)

    def test_a_deployment_starts_as_aws_shows_it(self) -> None:
        id = self.create(description="first")
        self.assertRegex(id, re.compile(r"^d-[A-Z0-9]{9}$"))
        info = self.info(id)
        self.assertDates(info, "createTime")
        self.assertEqual(info["status"], "Created")
        self.assertEqual(info["creator"], "user")
        self.assertEqual(info["computePlatform"], "ECS")
        self.assertEqual(
            info["deploymentConfigName"],
            "CodeDeployDefault.ECSCanary10Percent5Minutes",
        )
        self.assertEqual(info["revision"]["appSpecContent"], {"sha256": DIGEST})
        self.assertNotIn("deploymentOverview", info)
        document = self.read(id)["document"]
        self.assertEqual(document["appSpec"], APP_SPEC)
        self.assertEqual(document["group"]["service"], "api")
        self.assertEqual(document["alarms"]["alarms"], [{"name": "errors"}])
        self.assertEqual(
            document["trafficRouting"]["timeBasedCanary"]["canaryInterval"], 5
        )

    def test_a_group_has_one_deployment_at_a_time(self) -> None:
        id = self.create()
        message = self.assertNotCreated("DeploymentLimitExceededException")
        self.assertEqual(
            message,
            f"The Deployment Group 'blue-green' already has an active Deployment '{id}'",
        )
        self.become(id, info={"status": "Succeeded"})
        self.assertNotEqual(self.create(), id)

    def test_what_does_not_exist_is_refused(self) -> None:
        self.assertNotCreated("ApplicationDoesNotExistException", applicationName="two")
        self.assertNotCreated(
            "DeploymentGroupDoesNotExistException", deploymentGroupName="two"
        )
        self.assertNotCreated(
            "DeploymentConfigDoesNotExistException", deploymentConfigName="two"
        )
        self.assertRefused(
            "DeploymentDoesNotExistException", "get_deployment", deploymentId="d-ABC"
        )

    def test_what_is_invalid_is_refused(self) -> None:
        self.assertRefused("RevisionRequiredException", "create_deployment", **GROUP)
        content = {"content": APP_SPEC, "sha256": "0" * 64}
        for code, parameters in {
            "InvalidRevisionException": {
                "revision": REVISION | {"appSpecContent": content}
            },
            "RevisionDoesNotExistException": {
                "revision": REVISION | {"appSpecContent": {"sha256": "0" * 64}}
            },
            "DescriptionTooLongException": {"description": "a" * 257},
            "InvalidAutoRollbackConfigException": {
                "autoRollbackConfiguration": {"enabled": True, "events": []}
            },
            "AlarmsLimitExceededException": {
                "overrideAlarmConfiguration": {"alarms": [{"name": "a"}] * 11}
            },
        }.items():
            with self.subTest(code):
                self.assertNotCreated(code, **parameters)

    def test_a_deployment_overrides_its_group(self) -> None:
        alarms = {"enabled": True, "alarms": [{"name": "slow"}]}
        id = self.create(
            overrideAlarmConfiguration=alarms,
            autoRollbackConfiguration={"enabled": False},
            deploymentConfigName="CodeDeployDefault.ECSAllAtOnce",
        )
        self.assertEqual(self.info(id)["overrideAlarmConfiguration"], alarms)
        self.assertEqual(
            self.info(id)["autoRollbackConfiguration"], {"enabled": False}
        )
        document = self.read(id)["document"]
        self.assertEqual(document["alarms"]["alarms"], [{"name": "slow"}])
        self.assertEqual(document["trafficRouting"], {"type": "AllAtOnce"})

    def test_the_configurations_of_aws_exist(self) -> None:
        config = self.codedeploy.get_deployment_config(
            deploymentConfigName="CodeDeployDefault.ECSLinear10PercentEvery3Minutes"
        )["deploymentConfigInfo"]
        self.assertEqual(
            config["trafficRoutingConfig"]["timeBasedLinear"],
            {"linearPercentage": 10, "linearInterval": 3},
        )

    def test_a_revision_is_registered_by_its_digest(self) -> None:
        self.codedeploy.register_application_revision(
            applicationName="one", revision=REVISION, description="known"
        )
        named = REVISION | {"appSpecContent": {"sha256": DIGEST}}
        one = self.codedeploy.get_application_revision(
            applicationName="one", revision=named
        )
        self.assertEqual(one["revision"]["appSpecContent"]["content"], APP_SPEC)
        self.assertEqual(one["revisionInfo"]["description"], "known")
        self.assertEqual(self.create(revision=named)[:2], "d-")
        used = self.codedeploy.get_application_revision(
            applicationName="one", revision=named
        )
        self.assertEqual(used["revisionInfo"]["deploymentGroups"], ["blue-green"])
        other = REVISION | {"appSpecContent": {"content": "other"}}
        self.assertRefused(
            "RevisionDoesNotExistException",
            "get_application_revision",
            applicationName="one",
            revision=other,
        )

    def test_deployments_are_listed_by_group_status_and_time(self) -> None:
        first = self.create()
        self.become(first, info={"status": "Failed"})
        second = self.create()

        def listed(**filters: Any) -> list[str]:
            return self.codedeploy.list_deployments(**filters)["deployments"]

        self.assertEqual(listed(), [second, first])
        self.assertEqual(listed(**GROUP, includeOnlyStatuses=["Failed"]), [first])
        self.assertEqual(listed(createTimeRange={"start": 0, "end": 1}), [])
        both = self.codedeploy.batch_get_deployments(deploymentIds=[first, second])
        self.assertEqual(len(both["deploymentsInfo"]), 2)

    def test_the_target_is_shown_once_it_has_started(self) -> None:
        id = self.create()
        self.assertRefused(
            "DeploymentNotStartedException", "list_deployment_targets", deploymentId=id
        )
        sets = [{"identifer": "ecs-svc/1", "trafficWeight": 100}]
        target = {"targetId": "main:api", "status": "InProgress", "taskSetsInfo": sets}
        self.become(id, target=target)
        ids = self.codedeploy.list_deployment_targets(deploymentId=id)["targetIds"]
        self.assertEqual(ids, ["main:api"])
        one = self.codedeploy.get_deployment_target(
            deploymentId=id, targetId="main:api"
        )
        shown = one["deploymentTarget"]["ecsTarget"]["taskSetsInfo"]
        self.assertEqual(shown[0]["identifer"], "ecs-svc/1")
        many = self.codedeploy.batch_get_deployment_targets(
            deploymentId=id, targetIds=["main:api"]
        )
        self.assertEqual(many["deploymentTargets"], [one["deploymentTarget"]])
        self.assertRefused(
            "DeploymentTargetDoesNotExistException",
            "get_deployment_target",
            deploymentId=id,
            targetId="other",
        )

    def test_a_writer_that_has_not_seen_the_stop_is_refused(self) -> None:
        id = self.create()
        read = self.read(id)
        self.codedeploy.stop_deployment(deploymentId=id, autoRollbackEnabled=False)
        self.assertEqual(self.write(read), 409)
        self.assertEqual(
            self.read(id)["document"]["requests"]["stop"], {"rollBack": False}
        )

    def test_nothing_is_asked_of_an_ended_deployment(self) -> None:
        id = self.create()
        self.become(id, info={"status": "Stopped"})
        for operation in ("stop_deployment", "continue_deployment"):
            self.assertRefused(
                "DeploymentAlreadyCompletedException", operation, deploymentId=id
            )

    def test_a_deployment_that_waits_is_continued(self) -> None:
        id = self.create()
        wait = {"deploymentId": id, "deploymentWaitType": "READY_WAIT"}
        self.assertRefused(
            "DeploymentIsNotInReadyStateException", "continue_deployment", **wait
        )
        self.become(id, info={"status": "Ready"})
        self.codedeploy.continue_deployment(**wait)
        requests = self.read(id)["document"]["requests"]
        self.assertEqual(requests["continued"], ["READY_WAIT"])

    def test_a_hook_reports_once(self) -> None:
        id = self.create()
        status = {"deploymentId": id, "lifecycleEventHookExecutionId": "execution"}
        operation = "put_lifecycle_event_hook_execution_status"
        self.assertRefused(
            "InvalidLifecycleEventHookExecutionIdException",
            operation,
            **status,
            status="Succeeded",
        )
        self.become(id, notes={"hooks": {"BeforeInstall": "execution"}})
        self.codedeploy.put_lifecycle_event_hook_execution_status(
            **status, status="Succeeded"
        )
        requests = self.read(id)["document"]["requests"]
        self.assertEqual(requests["hooks"], {"execution": "Succeeded"})
        self.assertRefused(
            "LifecycleEventAlreadyCompletedException",
            operation,
            **status,
            status="Failed",
        )

    def test_the_write_that_ends_a_deployment_starts_its_rollback(self) -> None:
        good = self.create()
        self.become(good, info={"status": "Succeeded"})
        bad = self.create()
        self.become(bad, info={"status": "Failed"}, notes={"a": 1}, rollBack=True)
        rolled = self.info(bad)["rollbackInfo"]
        id = rolled["rollbackDeploymentId"]
        self.assertEqual(
            rolled["rollbackMessage"],
            f"Deployment {bad} failed. Automatic rollback is triggered with a DeploymentId {id}.",
        )
        info = self.info(id)
        self.assertEqual(info["creator"], "codeDeployRollback")
        self.assertEqual(info["deploymentConfigName"], "CodeDeployDefault.ECSAllAtOnce")
        self.assertEqual(info["revision"], self.info(good)["revision"])
        self.assertEqual(
            info["rollbackInfo"],
            {
                "rollbackTriggeringDeploymentId": bad,
                "rollbackMessage": f"Deployment {id} is triggered to roll back deployment {bad}.",
            },
        )
        self.assertEqual(self.read(id)["document"]["rollsBack"], {"a": 1})
        self.assertNotCreated("DeploymentLimitExceededException")
        json.dumps(self.read(id))
