"""ECS services that CodeDeploy deploys.

The controller reads the document ``ecs-service``: a service with its task sets and tasks.
It writes back what it has counted and seen: counts, stability and service events, the
health of containers; a stopped task or a draining task set that it leaves out is gone.
The states of a task it submits with SubmitTaskStateChange, as the agent of ECS does.
"""

from typing import Any

from corrections import ecs as corrections
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecs import models, responses
from moto.ecs.exceptions import InvalidParameterException, TaskSetNotFoundException
from moto.elbv2.models import elbv2_backends

from . import documents, ecs_tasks

KIND = "ecs-service"

_EVENTS = 100
"""Service events that AWS keeps."""

stock = models.EC2ContainerServiceBackend
stock_update_service = stock.update_service
stock_create_task_set = stock.create_task_set


def _compute(service: Any) -> None:
    for task_set in service.task_sets:
        task_set.compute(service.desired_count if service.status == "ACTIVE" else 0)


def _health_check_ports(task_set: Any) -> list[int]:
    """Ports where the load balancer checks the tasks, other than those of the traffic."""
    ports = []
    for one in task_set.load_balancers or []:
        _, _, _, region, account, *_ = f"{one.get('targetGroupArn')}:::::".split(":")
        groups = elbv2_backends[account][region].target_groups if account else {}
        group = groups.get(one["targetGroupArn"])
        port = str(group.health_check_port) if group else ""
        if port.isdigit():
            ports.append(int(port))
    return ports


def create_task_set(
    self: Any, service: str, cluster_str: str, definition: str, **settings: Any
) -> Any:
    """A task set. With a scale, stock moto would run tasks by itself."""
    scale = settings.pop("scale", None)
    created = stock_create_task_set(self, service, cluster_str, definition, **settings)
    if scale:
        created.scale = scale
    if created.external_id:
        created.started_by = "CODE_DEPLOY"
    _compute(self._get_service(cluster_str, service.split("/")[-1]))
    return created


def update_service(self: Any, properties: dict[str, Any]) -> Any:
    """Change a service. Stock moto says that its tasks run at once."""
    name = properties["service"].split("/")[-1]
    service = self._get_service(properties.get("cluster", "default"), name)
    if (
        properties.get("task_definition")
        and service.deployment_controller["type"] == "CODE_DEPLOY"
    ):
        raise InvalidParameterException(
            "Unable to update task definition on services with a CODE_DEPLOY "
            "deployment controller. Use AWS CodeDeploy to trigger a new deployment."
        )
    counts = service.running_count, service.pending_count
    stock_update_service(self, properties)
    service.running_count, service.pending_count = counts
    _compute(service)
    return service


def _tasks(backend: Any, service: Any) -> list[Any]:
    group = f"service:{service.name}"
    tasks = backend.tasks.get(service.cluster_name, {}).values()
    return [task for task in tasks if task.group == group]


class Response(corrections.Response):
    """The operations that change what the controller reads."""

    def _touch(self, service: Any) -> None:
        place = self.current_account, self.region
        documents.touch(KIND, *place, service.arn)

    def _service(self) -> Any:
        cluster = self._get_param("cluster", "default")
        name = self._get_param("service").split("/")[-1]
        return self.ecs_backend._get_service(cluster, name)

    def _task(self) -> Any:
        id = self._get_param("task").split("/")[-1]
        for tasks in self.ecs_backend.tasks.values():
            for task in tasks.values():
                if task.id == id:
                    return task
        raise InvalidParameterException("The referenced task was not found.")

    def _touch_task(self, task: Any) -> None:
        for service in self.ecs_backend.services.values():
            if task.group == f"service:{service.name}":
                self._touch(service)

    def _task_set(self, service: Any, id: str) -> Any:
        for task_set in service.task_sets:
            if id in (task_set.id, task_set.task_set_arn):
                return task_set
        raise TaskSetNotFoundException()

    def create_service(self) -> ActionResult:
        result = super().create_service()
        service = result.result["service"]
        service.created_at = utcnow()
        service.running_count = service.pending_count = 0
        if service.deployment_controller.get("type") == "CODE_DEPLOY":
            first = self.ecs_backend.create_task_set(
                service.name,
                service.cluster_name,
                service.task_definition,
                network_configuration=service.network_configuration,
                load_balancers=service.load_balancers,
                launch_type=service.launch_type,
                platform_version=service.platform_version,
            )
            first.status = "PRIMARY"
        self._touch(service)
        return result

    def update_service(self) -> ActionResult:
        service = self._service()
        result = super().update_service()
        self._touch(service)
        return result

    def delete_service(self) -> ActionResult:
        service = self._service()
        result = super().delete_service()
        _compute(service)
        self._touch(service)
        return result

    def create_task_set(self) -> ActionResult:
        result = super().create_task_set()
        self._touch(self._service())
        return result

    def delete_task_set(self) -> ActionResult:
        """A task set that has tasks drains first; the controller removes it."""
        service = self._service()
        task_set = self._task_set(service, self._get_param("taskSet"))
        task_set.status = "DRAINING"
        _compute(service)
        tasks = _tasks(self.ecs_backend, service)
        if not any(
            one.started_by == task_set.id and one.last_status != "STOPPED"
            for one in tasks
        ):
            service.task_sets.remove(task_set)
        self._touch(service)
        return ActionResult({"taskSet": task_set})

    def update_task_set(self) -> ActionResult:
        service = self._service()
        task_set = self._task_set(service, self._get_param("taskSet"))
        task_set.scale = self._get_param("scale")
        _compute(service)
        self._touch(service)
        return ActionResult({"taskSet": task_set})

    def update_service_primary_task_set(self) -> ActionResult:
        service = self._service()
        primary = self._task_set(service, self._get_param("primaryTaskSet"))
        for task_set in service.task_sets:
            if task_set.status != "DRAINING":
                task_set.status = "PRIMARY" if task_set is primary else "ACTIVE"
        service.load_balancers = primary.load_balancers
        service.task_definition = primary.task_definition
        self._touch(service)
        return ActionResult({"taskSet": primary})

    def run_task(self) -> ActionResult:
        result = super().run_task()
        for task in result.result["tasks"]:
            self._touch_task(task)
        return result

    def stop_task(self) -> ActionResult:
        task = self._task()
        task.stop(self._get_param("reason") or "Task stopped by user")
        self._touch_task(task)
        return ActionResult({"task": task})

    def submit_task_state_change(self) -> ActionResult:
        """Take over what the agent says of a task. A stopped task stays stopped."""
        task = self._task()
        if task.last_status == "STOPPED":
            return ActionResult({"acknowledgment": "ok"})
        if reason := self._get_param("reason"):
            task.stop(reason)
        if status := self._get_param("status"):
            task.move(status)
        for name in ("pullStartedAt", "pullStoppedAt", "executionStoppedAt"):
            if (time := self._get_param(name)) is not None:
                setattr(task, name, time)
        names = {
            "status": "lastStatus",
            "exitCode": "exitCode",
            "imageDigest": "imageDigest",
            "runtimeId": "runtimeId",
            "reason": "reason",
        }
        for given in self._get_param("containers") or []:
            for container in task.containers:
                if container["name"] == given["containerName"]:
                    container |= {
                        theirs: given[ours]
                        for ours, theirs in names.items()
                        if given.get(ours) is not None
                    }
        self._touch_task(task)
        return ActionResult({"acknowledgment": "ok"})


class Services:
    """The documents: services with their task sets and tasks."""

    def read(self) -> dict[tuple[str, str, str], Any]:
        return {
            (account, region, service.arn): self._document(backend, service)
            for account, regions in models.ecs_backends.items()
            for region, backend in regions.items()
            for service in list(backend.services.values())
        }

    def _document(self, backend: Any, service: Any) -> dict[str, Any]:
        grace = getattr(service, "health_check_grace_period_seconds", 0)
        return {
            "name": service.name,
            "cluster": service.cluster_name,
            "status": service.status,
            "desiredCount": service.desired_count,
            "healthCheckGracePeriodSeconds": grace or 0,
            "events": [
                {"id": one["id"], "message": one["message"]} for one in service.events
            ],
            "taskSets": [self._task_set(one) for one in service.task_sets],
            "tasks": [self._task(one) for one in _tasks(backend, service)],
        }

    def _task_set(self, task_set: Any) -> dict[str, Any]:
        return {
            "id": task_set.id,
            "arn": task_set.task_set_arn,
            "status": task_set.status,
            "taskDefinition": task_set.task_definition,
            "launchType": task_set.launch_type,
            "networkConfiguration": task_set.network_configuration,
            "loadBalancers": task_set.load_balancers,
            "healthCheckPorts": _health_check_ports(task_set),
            "computedDesiredCount": task_set.computed_desired_count,
            "runningCount": task_set.running_count,
            "pendingCount": task_set.pending_count,
            "stabilityStatus": task_set.stabilityStatus,
        }

    def _task(self, task: ecs_tasks.Task) -> dict[str, Any]:
        return {
            "arn": task.task_arn,
            "startedBy": task.started_by,
            "taskDefinition": task.task_definition_arn,
            "lastStatus": task.last_status,
            "desiredStatus": task.desired_status,
            "stoppedReason": task.stopped_reason,
            "address": task.detail("privateIPv4Address"),
            "createdAt": task.created_at,
            "startedAt": getattr(task, "started_at", None),
            "stoppedAt": getattr(task, "stopped_at", None),
            "healthStatus": task.health_status,
            "containers": [
                {"name": one["name"], "healthStatus": one["healthStatus"]}
                for one in task.containers
            ],
        }

    def write(self, account: str, region: str, id: str, document: Any) -> None:
        backend = models.ecs_backends[account][region]
        service = next(one for one in backend.services.values() if one.arn == id)
        self._write_task_sets(service, document["taskSets"])
        self._write_events(service, document["events"])
        self._write_tasks(backend, service, document["tasks"])

    def _write_task_sets(self, service: Any, given: list[dict[str, Any]]) -> None:
        by_id = {one["id"]: one for one in given}
        for task_set in list(service.task_sets):
            one = by_id.get(task_set.id)
            if one is None:
                if task_set.status == "DRAINING":
                    service.task_sets.remove(task_set)
                continue
            task_set.running_count = one["runningCount"]
            task_set.pending_count = one["pendingCount"]
            task_set.updatedAt = utcnow()
            if task_set.stabilityStatus != one["stabilityStatus"]:
                task_set.stabilityStatus = one["stabilityStatus"]
                task_set.stabilityStatusAt = utcnow()
        service.running_count = sum(one.running_count for one in service.task_sets)
        service.pending_count = sum(one.pending_count for one in service.task_sets)

    def _write_events(self, service: Any, given: list[dict[str, Any]]) -> None:
        known = {one["id"]: one for one in service.events}
        events = [known.get(one["id"], {"createdAt": utcnow()} | one) for one in given]
        service.events = events[:_EVENTS]

    def _write_tasks(self, backend: Any, service: Any, given: Any) -> None:
        by_arn = {one["arn"]: one for one in given}
        for task in _tasks(backend, service):
            one = by_arn.get(task.task_arn)
            if one is None:
                if task.last_status == "STOPPED":
                    del backend.tasks[service.cluster_name][task.task_arn]
                continue
            task.health_status = one["healthStatus"]
            for container, health in zip(task.containers, one["containers"]):
                container["healthStatus"] = health["healthStatus"]


def apply() -> None:
    """Put the patches on, and register the documents."""
    ecs_tasks.apply()
    stock.create_task_set = create_task_set
    stock.update_service = update_service
    responses.EC2ContainerServiceResponse = Response
    documents.register(KIND, Services())
