"""Operations that moto lacks, in each of AWS's protocols."""

import contextlib
import io

from botocore.exceptions import ClientError
from moto.core.utils import camelcase_to_underscores

from support import MotoTest, client

MISSING = [
    ("codepipeline", "ListActionTypes", {}),
    ("ec2", "DescribeAddressTransfers", {}),
    ("iam", "ChangePassword", {"OldPassword": "a", "NewPassword": "b"}),
]


class GapTest(MotoTest):
    def test_a_gap_is_refused_and_named(self) -> None:
        for service, operation, parameters in MISSING:
            with (
                self.subTest(service),
                contextlib.redirect_stderr(io.StringIO()) as log,
            ):
                with self.assertRaises(ClientError) as raised:
                    getattr(client(service), camelcase_to_underscores(operation))(
                        **parameters
                    )
                response = raised.exception.response
                self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], 400)
                self.assertEqual(response["Error"]["Code"], "UnsupportedOperation")
                self.assertIn(
                    f"embedded AWS has no {service}.{operation}",
                    log.getvalue().splitlines(),
                )
