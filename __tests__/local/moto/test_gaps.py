"""Operations that moto lacks, in each of AWS's protocols."""

import contextlib
import io
from typing import Any

from botocore.exceptions import ClientError

from support import MotoTest, client

MISSING: list[tuple[str, str, str, dict[str, Any]]] = [
    ("codepipeline", "ListActionTypes", "list_action_types", {}),
    ("ec2", "DescribeAddressTransfers", "describe_address_transfers", {}),
    ("iam", "GetServiceLinkedRoleDeletionStatus", "get_service_linked_role_deletion_status", {"DeletionTaskId": "1"}),
    ("lambda", "GetAccountSettings", "get_account_settings", {}),
]


class GapTest(MotoTest):
    def test_a_gap_is_refused_and_named(self) -> None:
        for service, operation, method, parameters in MISSING:
            with self.subTest(service), contextlib.redirect_stderr(io.StringIO()) as log:
                with self.assertRaises(ClientError) as raised:
                    getattr(client(service), method)(**parameters)
                response = raised.exception.response
                self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], 400)
                self.assertEqual(response["Error"]["Code"], "UnsupportedOperation")
                self.assertEqual(log.getvalue(), f"embedded AWS has no {service}.{operation}\n")
