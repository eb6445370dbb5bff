"""What is known by a name or an ARN: secrets, certificates, functions, policies and such."""

import json
from typing import Any

from moto.acm.models import CertBundle, acm_backends
from moto.awslambda.models import LambdaFunction, lambda_backends
from moto.cloudwatch.models import cloudwatch_backends
from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.route53.models import HostedZoneIdentifier, route53_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.ssm.models import ssm_backends
from moto.utilities.id_generator import moto_id_manager

StandIn = dict[str, Any]

VALUE = "stand-in"
"""What a secret or a parameter holds."""


def _in(backends: Any, wanted: StandIn) -> Any:
    return backends[wanted["account"]][wanted["region"]]


def _global(backends: Any, wanted: StandIn) -> Any:
    return backends[wanted["account"]]["aws"]


def _name(wanted: StandIn) -> str:
    """The part of an ARN after the type of its resource."""
    name: str = wanted["id"].split(":", 5)[5]
    return name.split("/" if "/" in name else ":", 1)[1]


def _make_certificate(wanted: StandIn) -> None:
    account, region, arn = wanted["account"], wanted["region"], wanted["id"]
    certificate = CertBundle.generate_cert("stand-in.example.com", account, region)
    certificate.arn = arn
    _in(acm_backends, wanted)._certificates[arn] = certificate


def _secret_exists(wanted: StandIn) -> bool:
    secrets = _in(secretsmanager_backends, wanted).secrets.values()
    return any(secret.arn == wanted["id"] for secret in secrets)


def _make_secret(wanted: StandIn) -> None:
    # An ARN ends in a hyphen and six characters that are not part of the name.
    name = wanted["id"].split(":", 6)[6][:-7]
    keys: list[str] = wanted["keys"]
    value = json.dumps(dict.fromkeys(keys, VALUE)) if keys else VALUE
    backend = _in(secretsmanager_backends, wanted)
    secret, _ = backend._add_secret(name, secret_string=value)
    secret.arn = wanted["id"]


def _make_parameter(wanted: StandIn) -> None:
    _in(ssm_backends, wanted).put_parameter(
        wanted["id"],
        description="",
        value=VALUE,
        parameter_type="SecureString",
        allowed_pattern="",
        keyid="alias/aws/ssm",
        overwrite=False,
        tags=[],
        data_type="text",
        tier=None,
        policies=None,
    )


def _make_function(wanted: StandIn) -> None:
    name, region, account = _name(wanted), wanted["region"], wanted["account"]
    # Past the check of its role, which does not exist either.
    spec = {"FunctionName": name, "Code": {"ZipFile": ""}, "Role": ""}
    function = LambdaFunction(account, spec, region, version="$LATEST")
    functions = _in(lambda_backends, wanted)._lambdas
    functions._functions[name] = {"latest": function, "versions": []}
    functions._arns[function.function_arn] = function


def _make_policy(wanted: StandIn) -> None:
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [everything]}
    path, _, name = f"/{_name(wanted)}".rpartition("/")
    _global(iam_backends, wanted).create_policy("", f"{path}/", json.dumps(document), name, [])


def _make_zone(wanted: StandIn) -> None:
    name = f"{wanted['name']}."
    identifier = HostedZoneIdentifier(wanted["account"], name, None)
    moto_id_manager.set_custom_id(identifier, wanted["id"])
    _global(route53_backends, wanted).create_hosted_zone(name, private_zone=False)


def _make_key(wanted: StandIn) -> None:
    backend = _in(kms_backends, wanted)
    key = backend.create_key(None, "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "Stand-in", None)
    del backend.keys[key.id]
    key.id, key.arn = _name(wanted), wanted["id"]
    backend.keys[key.id] = key


def _make_alarm(wanted: StandIn) -> None:
    _in(cloudwatch_backends, wanted).put_metric_alarm(
        wanted["id"],
        namespace="stand-in",
        metric_name="stand-in",
        comparison_operator="GreaterThanThreshold",
        evaluation_periods=1,
        period=60,
        threshold=0,
        statistic="Sum",
        description="Stand-in",
        dimensions=[],
        alarm_actions=[],
    )


KINDS = {
    "certificate": (
        lambda one: one["id"] in _in(acm_backends, one)._certificates,
        _make_certificate,
    ),
    "secret": (_secret_exists, _make_secret),
    "parameter": (
        lambda one: one["id"] in _in(ssm_backends, one)._parameters,
        _make_parameter,
    ),
    "function": (
        lambda one: _name(one) in _in(lambda_backends, one)._lambdas._functions,
        _make_function,
    ),
    "policy": (
        lambda one: one["id"] in _global(iam_backends, one).managed_policies,
        _make_policy,
    ),
    "hosted zone": (
        lambda one: one["id"] in _global(route53_backends, one).zones,
        _make_zone,
    ),
    "key": (lambda one: _name(one) in _in(kms_backends, one).keys, _make_key),
    "alarm": (lambda one: one["id"] in _in(cloudwatch_backends, one).alarms, _make_alarm),
}
