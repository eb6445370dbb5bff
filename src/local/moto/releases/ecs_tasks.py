"""ECS tasks and task sets that a controller runs.

Stock moto starts tasks in RUNNING, moves them on with each DescribeTasks, describes one
container of them, gives them random addresses, and fails for containers without memory.
"""

import ipaddress
import threading
from typing import Any

from moto.core.utils import unix_time
from moto.ec2.models import ec2_backends
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ecs import models
from moto.moto_api._internal import mock_random

StockTask = models.Task
StockTaskSet = models.TaskSet
stock_requirements = models.EC2ContainerServiceBackend.__dict__[
    "_calculate_task_resource_requirements"
].__func__

_RESERVED = 4
"""AWS keeps the first four addresses of a subnet."""

_STOP_CODES = {
    "Essential container in task exited": "EssentialContainerExited",
    "CannotPull": "TaskFailedToStart",
    "CannotStart": "TaskFailedToStart",
    "CannotCreate": "TaskFailedToStart",
    "ResourceInitializationError": "TaskFailedToStart",
    "Task failed to start": "TaskFailedToStart",
    "Scaling activity": "ServiceSchedulerInitiated",
    "Task failed": "ServiceSchedulerInitiated",
}
"""By the beginning of the reason; every other one is a user's."""

_next = threading.local()
_last: dict[str, int] = {}


def stop_code(reason: str) -> str:
    """Why a task was stopped, as DescribeTasks says it."""
    found = (code for start, code in _STOP_CODES.items() if reason.startswith(start))
    return next(found, "UserInitiated")


def free_address(subnet: Any, taken: set[str]) -> str:
    """The next address of a subnet that nobody has. One that was freed is reused late."""
    network = ipaddress.ip_network(subnet.cidr_block)
    usable = network.num_addresses - _RESERVED - 1
    for step in range(1, usable + 1):
        index = (_last.get(subnet.id, -1) + step) % usable
        address = str(network[_RESERVED + index])
        if address not in taken:
            _last[subnet.id] = index
            return address
    raise ValueError(f"{subnet.id} has no free address")


class Task(StockTask):
    """A task as Fargate has it: nothing runs until a controller says so."""

    __module__ = StockTask.__module__

    def __init__(self, **settings: Any) -> None:
        cluster, definition = settings["cluster"], settings["task_definition"]
        backend = settings["backend"]
        network = settings.get("networking_configuration")
        if network:
            settings["networking_configuration"] = self._placed(backend, network)
        super().__init__(**settings)
        self.id = mock_random.uuid4().hex
        self.status = "PROVISIONING"
        self.created_at = unix_time()
        self.connectivity = "CONNECTED"
        self.health_status = "UNKNOWN"
        self.cpu, self.memory = definition.cpu, definition.memory
        self.version = 1
        self.availability_zone = self._zone(network)
        self.stopped_reason = None
        container = f"arn:aws:ecs:{cluster.region_name}:{backend.account_id}:container"
        self.containers = [
            {
                "containerArn": f"{container}/{cluster.name}/{self.id}/"
                f"{mock_random.uuid4()}",
                "taskArn": self.task_arn,
                "name": one["name"],
                "image": one["image"],
                "lastStatus": "PENDING",
                "healthStatus": "UNKNOWN",
                "cpu": str(one.get("cpu", 0)),
                "networkInterfaces": self._interfaces(),
            }
            for one in definition.container_definitions
        ]

    def advance(self) -> None:
        """Only a controller moves a task on."""

    def _placed(self, backend: Any, network: dict[str, Any]) -> dict[str, Any]:
        """The next subnet, and an address in it."""
        settings = network["awsvpcConfiguration"]
        ec2 = ec2_backends[backend.account_id][backend.region_name]
        tasks = sum(len(tasks) for tasks in backend.tasks.values())
        subnet = settings["subnets"][tasks % len(settings["subnets"])]
        taken = {eni.private_ip_address for eni in ec2.enis.values()}
        _next.address = free_address(ec2.get_subnet(subnet), taken)
        placed = {"securityGroups": []} | settings | {"subnets": [subnet]}
        return {"awsvpcConfiguration": placed}

    def _zone(self, network: Any) -> str | None:
        if not network:
            return None
        ec2 = ec2_backends[self._account_id][self.region_name]
        subnet = self.network_configuration["awsvpcConfiguration"]["subnets"][0]
        return ec2.get_subnet(subnet).availability_zone

    def detail(self, name: str) -> str | None:
        """A detail of the network interface, such as ``privateIPv4Address``."""
        details = (d for one in self.attachments for d in one["details"])
        return next((d["value"] for d in details if d["name"] == name), None)

    def _interfaces(self) -> list[dict[str, str]]:
        address = self.detail("privateIPv4Address")
        if not address:
            return []
        attachment = self.attachments[0]["id"]
        return [{"attachmentId": attachment, "privateIpv4Address": address}]

    def stop(self, reason: str) -> None:
        """Want it stopped. The first reason stays."""
        if self.desired_status == "STOPPED":
            return
        self.desired_status = "STOPPED"
        self.stopped_reason = reason
        self.stop_code = stop_code(reason)
        self.stopping_at = unix_time()

    def move(self, status: str) -> None:
        """Enter a state, with the time at which it was entered."""
        self.status = status
        self.version += 1
        if status == "RUNNING":
            self.started_at = unix_time()
        if status == "STOPPED":
            self.desired_status = status
            self.stopped_at = unix_time()
            self._release()

    def _release(self) -> None:
        """Delete the network interface, which frees its address."""
        ec2 = ec2_backends[self._account_id][self.region_name]
        for attachment in self.attachments:
            attachment["status"] = "DELETED"
        ec2.enis.pop(self.detail("networkInterfaceId"), None)


class TaskSet(StockTaskSet):
    """A task set with the counts of its tasks."""

    __module__ = StockTaskSet.__module__

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        number = str(mock_random.randint(10**18, 10**19 - 1))
        self.task_set_arn = self.task_set_arn.replace(self.id, f"ecs-svc/{number}")
        self.id = f"ecs-svc/{number}"
        self.running_count = self.pending_count = self.computed_desired_count = 0
        self.stabilityStatus = "STABILIZING"

    def compute(self, desired_count: int) -> None:
        """Count the tasks that the service wants of it. AWS rounds up."""
        share = 0 if self.status == "DRAINING" else self.scale["value"]
        wanted = int(-(-desired_count * share // 100))
        if wanted != self.computed_desired_count:
            self.computed_desired_count = wanted
            self.stabilityStatus = "STABILIZING"
            self.stabilityStatusAt = self.updatedAt = models.utcnow()


def requirements(definition: Any) -> dict[str, Any]:
    """What a task needs. On Fargate a container may have neither CPU nor memory."""
    have = {"cpu": 0, "memory": 0}
    containers = [
        have | {key: value for key, value in one.items() if value is not None}
        for one in definition.container_definitions
    ]
    copy = type("Definition", (), {"container_definitions": containers})
    return stock_requirements(copy)


def apply() -> None:
    """Put the patches on."""
    models.Task = Task
    models.TaskSet = TaskSet
    # Without DNS host names in its network, an interface of moto has no attribute for it.
    NetworkInterface.private_dns_name = ""
    models.random_private_ip = lambda: _next.address
    models.EC2ContainerServiceBackend._calculate_task_resource_requirements = (
        staticmethod(requirements)
    )
