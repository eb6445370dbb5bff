"""Elastic Load Balancing: what the load balancer saw of its targets.

Stock moto calls every registered target healthy. Here a target is ``initial`` until the
load balancer has written its health, ``unused`` while no listener uses its target group,
and ``draining`` from its deregistration until the load balancer says that it has ended.

Documents of the kind ``elbv2-target-health`` are the registered and the draining targets;
their id is ``<target group ARN>|<target id>|<port>``. A document that is written with the
state ``unused`` ends a draining. Documents of the kind ``elbv2-region`` are the accounts and
regions that have load balancers; their revision counts the writes to the service there.
"""

import time
from typing import Any
from weakref import WeakKeyDictionary

from moto.acm.models import acm_backends
from moto.core.common_types import TYPE_RESPONSE
from moto.core.responses import ActionResult
from moto.elbv2 import models, responses

from corrections.elbv2 import Response as Corrected

from . import changes, documents

HEALTH = "elbv2-target-health"
REGION = "elbv2-region"
REGION_ID = "load-balancers"

Health = dict[str, Any]

_INITIAL: Health = {
    "state": "initial",
    "reason": "Elb.RegistrationInProgress",
    "description": "Target registration is in progress",
}
_UNUSED: Health = {
    "state": "unused",
    "reason": "Target.NotInUse",
    "description": "Target group is not configured to receive traffic from the load balancer",
}
_DRAINING: Health = {
    "state": "draining",
    "reason": "Target.DeregistrationInProgress",
    "description": "Target deregistration is in progress",
}
_NOT_REGISTERED: Health = {
    "state": "unused",
    "reason": "Target.NotRegistered",
    "description": "Target is not registered to the target group",
}

_written: WeakKeyDictionary[models.FakeTargetGroup, dict[str, Health]] = (
    WeakKeyDictionary()
)
"""The health that the load balancer has written, by target group and target."""

_draining: WeakKeyDictionary[models.FakeTargetGroup, dict[str, Health]] = (
    WeakKeyDictionary()
)
"""The targets that are draining, with the time of their deregistration."""


def key_of(group: models.FakeTargetGroup, target: dict[str, Any]) -> str:
    """The document of a target, its port as registered or else that of the group."""
    return f"{group.arn}|{target['Id']}|{int(target.get('Port') or group.port)}"


def groups() -> list[tuple[models.ELBv2Backend, models.FakeTargetGroup]]:
    """All target groups of the embedded AWS."""
    return [
        (backend, group)
        for regions in list(models.elbv2_backends.values())
        for backend in list(regions.values())
        for group in list(backend.target_groups.values())
    ]


def health_of(
    backend: models.ELBv2Backend, group: models.FakeTargetGroup, key: str
) -> Health:
    """The health of a target as DescribeTargetHealth has it."""
    if key in _draining.get(group, {}):
        return _DRAINING
    if all(key_of(group, target) != key for target in group.targets.values()):
        return _NOT_REGISTERED
    if not backend._any_listener_using(group.arn):
        return _UNUSED
    return _written.get(group, {}).get(key, _INITIAL)


class TargetHealth:
    """The documents of targets."""

    def read(self) -> dict[tuple[str, str, str], Any]:
        """Registered and draining targets."""
        found = {}
        for backend, group in groups():
            registered = [key_of(group, one) for one in list(group.targets.values())]
            for key in [*registered, *_draining.get(group, {})]:
                _, target, port = key.split("|")
                document = {
                    "targetGroupArn": group.arn,
                    "targetId": target,
                    "port": int(port),
                    **health_of(backend, group, key),
                    "drainingSince": _draining.get(group, {}).get(key),
                }
                found[backend.account_id, backend.region_name, key] = document
        return found

    def write(self, account: str, region: str, id: str, document: Any) -> None:
        """What the load balancer saw, or the end of a draining."""
        group = models.elbv2_backends[account][region].target_groups[id.split("|")[0]]
        names = ("state", "reason", "description")
        health = {name: document.get(name) for name in names}
        if health["state"] == "unused":
            _draining.get(group, {}).pop(id, None)
            _written.get(group, {}).pop(id, None)
        else:
            _written.setdefault(group, {})[id] = health


class Region:
    """The documents of accounts and regions that have load balancers."""

    def read(self) -> dict[tuple[str, str, str], Any]:
        """The host names of the certificates that listeners have, by ARN."""
        return {
            (account, region, REGION_ID): {"certificates": certificates(backend)}
            for account, regions in list(models.elbv2_backends.items())
            for region, backend in list(regions.items())
            if backend.load_balancers or backend.target_groups
        }

    def write(self, account: str, region: str, id: str, document: Any) -> None:
        """Only the service's operations change it."""
        raise NotImplementedError(REGION)


def certificates(backend: models.ELBv2Backend) -> dict[str, list[str]]:
    """The host names of each certificate of ACM in a region."""
    found = acm_backends[backend.account_id][backend.region_name]._certificates
    described = [one.describe()["Certificate"] for one in list(found.values())]
    return {
        one["CertificateArn"]: sorted(
            {one["DomainName"], *one["SubjectAlternativeNames"]}
        )
        for one in described
    }


class FakeTargetGroup(models.FakeTargetGroup):
    """A target group whose targets start as initial, and drain."""

    def register(self, targets: list[dict[str, Any]]) -> None:
        super().register(targets)
        for target in targets:
            key = key_of(self, target)
            if _draining.get(self, {}).pop(key, None):
                _written.get(self, {}).pop(key, None)
            documents.touch(HEALTH, self.account_id, self.region_name, key)

    def deregister(self, targets: list[dict[str, Any]]) -> None:
        before = [self.targets.get(target["Id"]) for target in targets]
        super().deregister(targets)
        for target in before:
            if target:
                key = key_of(self, target)
                _draining.setdefault(self, {})[key] = time.time()
                documents.touch(HEALTH, self.account_id, self.region_name, key)


class Response(Corrected):
    """DescribeTargetHealth, and a count of the writes."""

    def call_action(self) -> TYPE_RESPONSE:
        answer = super().call_action()
        action = self._get_action() or ""
        if answer[0] == 200 and not changes.READS.match(action):
            account, region = self.current_account, self.region
            documents.touch(REGION, account, region, REGION_ID)
        return answer

    def describe_target_health(self) -> ActionResult:
        backend = self.elbv2_backend
        asked = self._get_param("Targets", [])
        arn = self._get_param("TargetGroupArn")
        backend.describe_target_health(arn, [])  # refuses an unknown target group
        group = backend.target_groups[arn]
        registered = [key_of(group, one) for one in group.targets.values()]
        keys = [key_of(group, one) for one in asked]
        found = keys or [*registered, *_draining.get(group, {})]
        described = [describe(group, one, health_of(backend, group, one)) for one in found]
        return ActionResult({"TargetHealthDescriptions": described})


def describe(group: models.FakeTargetGroup, key: str, health: Health) -> Health:
    """A target as DescribeTargetHealth has it."""
    _, target, port = key.split("|")
    check = group.health_check_port
    return {
        "Target": {"Id": target, "Port": int(port)},
        "HealthCheckPort": port if check == "traffic-port" else str(check),
        "TargetHealth": {
            "State": health["state"],
            "Reason": health.get("reason"),
            "Description": health.get("description"),
        },
    }


def apply() -> None:
    """Put the patches on."""
    responses.ELBV2Response = Response
    models.FakeTargetGroup = FakeTargetGroup
    documents.register(HEALTH, TargetHealth())
    documents.register(REGION, Region())
