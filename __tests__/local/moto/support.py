"""What the tests share: moto, corrected unless CODESERIES_STOCK_MOTO is 1.

    python3 -m unittest discover -s __tests__/local/moto

With CODESERIES_STOCK_MOTO=1 every test fails: each proves a fault of stock moto.
"""

import json
import os
import sys
import unittest
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from moto import mock_aws

SOURCE = Path(__file__).parents[3] / "src" / "local" / "moto"
ACCOUNT = "123456789012"
REGION = "ap-northeast-2"

sys.path.insert(0, str(SOURCE))
import server  # noqa: E402

STOCK = os.environ.get("CODESERIES_STOCK_MOTO") == "1"
if STOCK:
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
else:
    server.apply()

SESSION = boto3.Session()
"""Reads the description of each service once."""


def client(service: str, endpoint: str | None = None) -> Any:
    """A client that tries once."""
    return SESSION.client(
        service,
        region_name=REGION,
        endpoint_url=endpoint,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )


def answer(of: Any, operation: str, **parameters: Any) -> dict[str, Any]:
    """The JSON of an answer; boto3 also reads dates that the protocol does not have."""
    answers: list[dict[str, Any]] = []

    def read(http_response: Any, **_: Any) -> None:
        answers.append(json.loads(http_response.content))

    of.meta.events.register("after-call", read)
    getattr(of, operation)(**parameters)
    return answers[-1]


class MotoTest(unittest.TestCase):
    """A test on an empty moto."""

    def setUp(self) -> None:
        aws = mock_aws()
        aws.start()
        self.addCleanup(aws.stop)

    def assertDates(self, values: dict[str, Any], *names: str) -> None:
        """Dates are seconds since the epoch."""
        for name in names:
            self.assertIsInstance(values[name], (int, float), name)
