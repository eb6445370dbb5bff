"""Who makes a call, as far as moto knows it by the access key."""

from moto.core.responses import BaseResponse
from moto.iam.models import iam_backends
from moto.sts.models import AssumedRole, sts_backends
from moto.utilities.utils import PARTITION_NAMES, get_partition


def role_of(account: str, access_key: str) -> AssumedRole | None:
    """The session of a role that an access key belongs to."""
    for partition in PARTITION_NAMES:
        backend = sts_backends[account].get(partition)
        role = backend and backend.get_assumed_role_from_access_key(access_key)
        if role:
            return role
    return None


def caller(response: BaseResponse) -> str:
    """The ARN of the caller of an operation; of the account's root if its key is unknown."""
    account = response.current_account
    partition = get_partition(response.region)
    key = response.get_access_key()
    if role := role_of(account, key):
        return str(role.arn)
    for user in iam_backends[account][partition].users.values():
        if any(one.access_key_id == key for one in user.access_keys):
            return str(user.arn)
    return f"arn:{partition}:iam::{account}:root"
