"""An access key is looked for only in the IAMs that exist.

Stock moto makes the IAM of every account in all of AWS's partitions to look for a key.
Each of them reads a thousand managed policies of AWS, which takes half a second.
"""

from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam import models


def get_account_id_from(access_key: str) -> str:
    """Find the account that an access key belongs to."""
    for account_id, partitions in list(models.iam_backends.items()):
        if any(access_key in iam.access_keys for iam in list(partitions.values())):
            return account_id
    return DEFAULT_ACCOUNT_ID


def apply() -> None:
    """Put the patch on."""
    models.get_account_id_from = get_account_id_from
