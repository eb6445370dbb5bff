"""Who makes a call, as far as moto knows it by the access key."""

from moto.sts.models import AssumedRole, sts_backends
from moto.utilities.utils import PARTITION_NAMES


def role_of(account: str, access_key: str) -> AssumedRole | None:
    """The session of a role that an access key belongs to."""
    for partition in PARTITION_NAMES:
        backend = sts_backends[account].get(partition)
        role = backend and backend.get_assumed_role_from_access_key(access_key)
        if role:
            return role
    return None
