"""ECS services whose tasks a controller runs."""

from typing import Any

from botocore.exceptions import ClientError
from support import ACCOUNT, REGION, MotoTest, client

from releases import documents, ecs

LOAD_BALANCER = {"containerName": "web", "containerPort": 80, "targetGroupArn": "arn:g"}


class ServiceTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        ec2 = client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnets = [
            ec2.create_subnet(VpcId=self.vpc, CidrBlock=block)["Subnet"]["SubnetId"]
            for block in ("10.0.0.0/24", "10.0.1.0/24")
        ]
        network = {"awsvpcConfiguration": {"subnets": subnets, "securityGroups": []}}
        self.ecs = client("ecs")
        self.ecs.create_cluster(clusterName="main")
        self.definition = self.ecs.register_task_definition(
            family="web",
            networkMode="awsvpc",
            cpu="256",
            memory="512",
            containerDefinitions=[
                {"name": "web", "image": "one"},
                {"name": "side", "image": "two"},
            ],
        )["taskDefinition"]["taskDefinitionArn"]
        self.start = {
            "cluster": "main",
            "taskDefinition": self.definition,
            "launchType": "FARGATE",
            "networkConfiguration": network,
        }
        self.ecs.create_service(
            serviceName="web",
            desiredCount=3,
            loadBalancers=[LOAD_BALANCER],
            deploymentController={"type": "CODE_DEPLOY"},
            **self.start,
        )

    def service(self) -> dict[str, Any]:
        return self.ecs.describe_services(cluster="main", services=["web"])["services"][
            0
        ]

    def run_tasks(self, count: int, started_by: str = "") -> list[str]:
        tasks = self.ecs.run_task(
            count=count, group="service:web", startedBy=started_by, **self.start
        )
        return [task["taskArn"] for task in tasks["tasks"]]

    def task(self, arn: str) -> dict[str, Any]:
        return self.ecs.describe_tasks(cluster="main", tasks=[arn])["tasks"][0]

    def document(self) -> dict[str, Any]:
        return next(one for one in documents.read(ecs.KIND) if "web" in one["id"])

    def write(self, document: dict[str, Any]) -> None:
        ecs.Services().write(ACCOUNT, REGION, document["id"], document["document"])

    def test_the_first_task_set_is_primary(self) -> None:
        first = self.service()["taskSets"][0]
        self.assertEqual(first["status"], "PRIMARY")
        self.assertEqual(first["loadBalancers"], [LOAD_BALANCER])
        self.assertEqual((first["computedDesiredCount"], first["runningCount"]), (3, 0))

    def test_a_health_check_may_have_a_port_of_its_own(self) -> None:
        self.assertEqual(self.document()["document"]["taskSets"][0]["healthCheckPorts"], [])
        groups = [
            client("elbv2").create_target_group(
                Name=f"to-{port}",
                Protocol="HTTP",
                Port=80,
                VpcId=self.vpc,
                TargetType="ip",
                HealthCheckPort=port,
            )["TargetGroups"][0]["TargetGroupArn"]
            for port in ("traffic-port", "8081")
        ]
        self.ecs.create_task_set(
            service="web",
            loadBalancers=[LOAD_BALANCER | {"targetGroupArn": arn} for arn in groups],
            **self.start,
        )
        created = self.document()["document"]["taskSets"][1]
        self.assertEqual(created["healthCheckPorts"], [8081])

    def test_task_sets_run_nothing_by_themselves(self) -> None:
        created = self.ecs.create_task_set(
            service="web",
            externalId="d-1",
            scale={"value": 50, "unit": "PERCENT"},
            **self.start,
        )["taskSet"]
        self.assertEqual(created["computedDesiredCount"], 2)
        self.assertEqual(created["startedBy"], "CODE_DEPLOY")
        self.assertEqual(self.ecs.list_tasks(cluster="main")["taskArns"], [])

    def test_the_primary_task_set_is_switched_by_id(self) -> None:
        created = self.ecs.create_task_set(service="web", **self.start)["taskSet"]
        self.ecs.update_service_primary_task_set(
            cluster="main", service="web", primaryTaskSet=created["id"]
        )
        statuses = [one["status"] for one in self.service()["taskSets"]]
        self.assertEqual(statuses, ["ACTIVE", "PRIMARY"])

    def test_a_task_set_with_tasks_drains_until_the_controller_drops_it(self) -> None:
        created = self.ecs.create_task_set(service="web", **self.start)["taskSet"]
        self.run_tasks(1, created["id"])
        delete = {"cluster": "main", "service": "web", "taskSet": created["id"]}
        self.ecs.delete_task_set(force=True, **delete)
        self.assertEqual(self.service()["taskSets"][1]["status"], "DRAINING")
        document = self.document()
        document["document"]["taskSets"].pop()
        self.write(document)
        self.assertEqual(len(self.service()["taskSets"]), 1)

    def test_a_task_set_without_tasks_is_deleted_at_once(self) -> None:
        created = self.ecs.create_task_set(service="web", **self.start)["taskSet"]
        self.ecs.delete_task_set(cluster="main", service="web", taskSet=created["id"])
        self.assertEqual(len(self.service()["taskSets"]), 1)

    def test_a_new_count_is_wanted_not_run(self) -> None:
        self.ecs.update_service(cluster="main", service="web", desiredCount=5)
        service = self.service()
        self.assertEqual(service["taskSets"][0]["computedDesiredCount"], 5)
        self.assertEqual(service["runningCount"], 0)

    def test_codedeploy_alone_changes_the_task_definition(self) -> None:
        with self.assertRaisesRegex(ClientError, "Use AWS CodeDeploy"):
            self.ecs.update_service(
                cluster="main", service="web", taskDefinition=self.definition
            )

    def test_tasks_have_their_own_addresses_and_every_container(self) -> None:
        tasks = [self.task(arn) for arn in self.run_tasks(4)]
        interfaces = [task["containers"][0]["networkInterfaces"][0] for task in tasks]
        addresses = [one["privateIpv4Address"] for one in interfaces]
        self.assertEqual(len(set(addresses)), 4)
        self.assertEqual({one[:7] for one in addresses}, {"10.0.0.", "10.0.1."})
        names = [one["name"] for one in tasks[0]["containers"]]
        self.assertEqual(names, ["web", "side"])

    def test_reading_does_not_move_a_task_on(self) -> None:
        (arn,) = self.run_tasks(1)
        seen = {self.task(arn)["lastStatus"] for _ in range(6)}
        self.assertEqual(seen, {"PROVISIONING"})

    def test_the_agent_says_what_a_task_does(self) -> None:
        (arn,) = self.run_tasks(1)
        submit = {"cluster": "main", "task": arn}
        self.ecs.submit_task_state_change(status="RUNNING", **submit)
        self.assertIn("startedAt", self.task(arn))
        self.ecs.submit_task_state_change(
            status="STOPPED",
            reason="Essential container in task exited",
            containers=[{"containerName": "web", "status": "STOPPED", "exitCode": 3}],
            **submit,
        )
        task = self.task(arn)
        self.assertEqual(task["stopCode"], "EssentialContainerExited")
        self.assertEqual(task["containers"][0]["exitCode"], 3)
        self.assertNotIn("exitCode", task["containers"][1])
        self.assertEqual(task["attachments"][0]["status"], "DELETED")
        self.ecs.submit_task_state_change(status="RUNNING", **submit)
        self.assertEqual(self.task(arn)["lastStatus"], "STOPPED")

    def test_stopping_a_task_only_wants_it(self) -> None:
        (arn,) = self.run_tasks(1)
        self.ecs.stop_task(cluster="main", task=arn, reason="mine")
        self.ecs.stop_task(cluster="main", task=arn, reason="later")
        task = self.task(arn)
        self.assertEqual(task["lastStatus"], "PROVISIONING")
        self.assertEqual(task["desiredStatus"], "STOPPED")
        self.assertEqual(
            (task["stopCode"], task["stoppedReason"]), ("UserInitiated", "mine")
        )

    def test_the_controller_writes_counts_events_and_health(self) -> None:
        (arn,) = self.run_tasks(1)
        document = self.document()
        content = document["document"]
        content["taskSets"][0] |= {"runningCount": 3, "stabilityStatus": "STEADY_STATE"}
        content["events"] = [{"id": "1", "message": "(service web) is steady"}]
        content["tasks"][0]["healthStatus"] = "HEALTHY"
        self.write(document)
        service = self.service()
        self.assertEqual(service["runningCount"], 3)
        self.assertEqual(service["taskSets"][0]["stabilityStatus"], "STEADY_STATE")
        self.assertEqual(service["events"][0]["message"], "(service web) is steady")
        self.assertEqual(self.task(arn)["healthStatus"], "HEALTHY")

    def test_a_stopped_task_that_is_left_out_is_forgotten(self) -> None:
        arns = self.run_tasks(2)
        self.ecs.submit_task_state_change(
            cluster="main", task=arns[0], status="STOPPED"
        )
        document = self.document()
        document["document"]["tasks"] = []
        self.write(document)
        left = self.ecs.list_tasks(cluster="main")["taskArns"]
        self.assertEqual(left, arns[1:])

    def test_each_change_counts(self) -> None:
        before = self.document()["revision"]
        self.run_tasks(1)
        self.assertGreater(self.document()["revision"], before)
