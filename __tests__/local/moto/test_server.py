"""The server, as Terraform meets it."""

import io
import json
import socket
import subprocess
import sys
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import ClientError, EndpointConnectionError
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

from support import REGION, SOURCE, STOCK, client, server

COMMAND = ["-m", "moto.server"] if STOCK else [str(SOURCE / "server.py")]
START_SECONDS = 240
"""A busy machine takes much longer than the second of a quiet one."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class ServerTest(unittest.TestCase):
    def setUp(self) -> None:
        port = free_port()
        self.endpoint = f"http://127.0.0.1:{port}"
        self.server = subprocess.Popen(
            [sys.executable, *COMMAND, "--host", "127.0.0.1", "--port", str(port)],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        self.addCleanup(self.log)
        self.wait()

    def wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.server.poll() is None and time.monotonic() < deadline:
            try:
                client("sts", self.endpoint).get_caller_identity()
                return
            except EndpointConnectionError:
                time.sleep(0.1)
        self.fail(f"the server does not answer; exit code: {self.server.poll()}")

    def log(self) -> str:
        """What the server wrote on standard error, until its end."""
        if self.server.stderr.closed:
            return ""
        self.server.terminate()
        return self.server.communicate()[1]

    def refused(self, service: str, operation: str) -> None:
        with self.assertRaises(ClientError) as raised:
            getattr(client(service, self.endpoint), operation)()
        status = raised.exception.response["ResponseMetadata"]["HTTPStatusCode"]
        self.assertEqual(status, 400, service)

    def test_standard_error_names_gaps_and_nothing_else(self) -> None:
        self.refused("codepipeline", "list_action_types")
        self.refused("lambda", "get_account_settings")
        self.refused("codestar-connections", "list_hosts")
        self.assertEqual(
            self.log().splitlines(),
            [
                "embedded AWS has no codepipeline.ListActionTypes",
                "embedded AWS has no lambda.GET /2016-08-19/account-settings",
                "embedded AWS has no codestar-connections.ListHosts",
            ],
        )

    def test_the_endpoint_counts_as_tls(self) -> None:
        s3 = client("s3", self.endpoint)
        s3.create_bucket(
            Bucket="one", CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        statement = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
        s3.put_bucket_policy(
            Bucket="one", Policy=json.dumps({"Statement": [statement]})
        )
        s3.put_object(Bucket="one", Key="key")

    def test_managed_policies_exist(self) -> None:
        arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
        policy = client("iam", self.endpoint).get_policy(PolicyArn=arn)["Policy"]
        self.assertTrue(policy["IsAttachable"])


    def test_a_repeated_request_gets_the_first_answer_unless_it_failed(self) -> None:
        iam = client("iam", self.endpoint)
        sent: list[str] = []

        def repeated(request: Any, **_: Any) -> None:
            sent.append(request.url)
            request.headers["amz-sdk-invocation-id"] = "one"

        iam.meta.events.register("before-send.iam", repeated)
        with self.assertRaises(iam.exceptions.NoSuchEntityException):
            iam.delete_user(UserName="user")
        first = iam.create_user(UserName="user")["User"]
        self.assertEqual(iam.create_user(UserName="user")["User"], first)
        self.assertEqual(len(sent), 3)
        iam.meta.events.unregister("before-send.iam", repeated)
        with self.assertRaises(iam.exceptions.EntityAlreadyExistsException):
            iam.create_user(UserName="user")


class Backend:
    """Stands for the application of a service, and sees how many requests it has at once."""

    def __init__(self, service: str, meeting: threading.Barrier | None = None) -> None:
        self.service = service
        self.meeting = meeting
        self.now = self.most = 0

    def __call__(self, *_: Any) -> list[bytes]:
        self.now += 1
        self.most = max(self.most, self.now)
        time.sleep(0.05)
        if self.meeting:
            self.meeting.wait(60)
        self.now -= 1
        return []


class ApplicationTest(unittest.TestCase):
    def request(self, backend: Backend) -> list[bytes]:
        application = DomainDispatcherApplication if STOCK else server.Application
        asked = application(server.create_app)
        asked.get_application = lambda _: backend
        environ = {"PATH_INFO": "/", "REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO()}
        return asked(environ, lambda *_: None)

    def test_moto_gets_one_request_at_a_time(self) -> None:
        backend = Backend("ec2")
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(self.request, [backend] * 4))
        self.assertEqual(backend.most, 1)

    def test_objects_do_not_hold_up_other_services(self) -> None:
        meeting = threading.Barrier(2)
        one, other = Backend("s3", meeting), Backend("ec2", meeting)
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(self.request, [one, other]))
        objects = Backend("s3")
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(self.request, [objects] * 2))
        self.assertEqual(objects.most, 1)
