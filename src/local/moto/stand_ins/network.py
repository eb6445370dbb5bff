"""Parts of a network that exists already.

moto chooses the ids of these; while a stand-in is made, its id is the one that moto
chooses.
"""

from typing import Any
from unittest.mock import patch

from moto.ec2.models import EC2Backend, ec2_backends
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

StandIn = dict[str, Any]

_MODELS = "moto.ec2.models"


def _ec2(wanted: StandIn) -> EC2Backend:
    return ec2_backends[wanted["account"]][wanted["region"]]


def _make_vpc(wanted: StandIn) -> None:
    with patch(f"{_MODELS}.vpcs.random_vpc_id", return_value=wanted["id"]):
        _ec2(wanted).create_vpc("10.0.0.0/16")


def _subnet_exists(wanted: StandIn) -> bool:
    return any(wanted["id"] in zone for zone in _ec2(wanted).subnets.values())


def _make_subnet(wanted: StandIn) -> None:
    ec2, vpc = _ec2(wanted), wanted["vpc"]
    zones = RegionsAndZonesBackend.zones[wanted["region"]]
    zone = zones[wanted["zone"] % len(zones)].name
    number = len(ec2.describe_subnets(filters={"vpc-id": vpc}))
    with patch(f"{_MODELS}.subnets.random_subnet_id", return_value=wanted["id"]):
        ec2.create_subnet(vpc, f"10.0.{number}.0/24", availability_zone=zone)


def _group_exists(wanted: StandIn) -> bool:
    return any(wanted["id"] in groups for groups in _ec2(wanted).groups.values())


def _make_group(wanted: StandIn) -> None:
    chooser = f"{_MODELS}.security_groups.random_security_group_id"
    with patch(chooser, return_value=wanted["id"]):
        _ec2(wanted).create_security_group(wanted["id"], "Stand-in", wanted["vpc"])


def _make_prefix_list(wanted: StandIn) -> None:
    chooser = f"{_MODELS}.managed_prefixes.random_managed_prefix_list_id"
    with patch(chooser, return_value=wanted["id"]):
        _ec2(wanted).create_managed_prefix_list(
            "IPv4", [{"Cidr": "10.0.0.0/8"}], "10", wanted["id"]
        )


KINDS = {
    "VPC": (lambda one: one["id"] in _ec2(one).vpcs, _make_vpc),
    "subnet": (_subnet_exists, _make_subnet),
    "security group": (_group_exists, _make_group),
    "prefix list": (
        lambda one: one["id"] in _ec2(one).managed_prefix_lists,
        _make_prefix_list,
    ),
}
