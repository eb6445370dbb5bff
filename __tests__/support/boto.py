"""One call of the AWS API, and its answer as JSON.

    boto.py <folder> <service> <operation> <parameters as JSON> [<account to assume a role in>]

To load boto3 takes most of a second. The first call starts a process that answers the other ones with the
same variables; it ends with the folder, or if nothing is asked for a while.
"""

import json
import os
import socket
import sys
import time
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any

LOOK_SECONDS = 1
IDLE_SECONDS = 1200


def ask(path: Path, call: list[str]) -> dict[str, str]:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        connection.sendall(json.dumps(call).encode())
        connection.shutdown(socket.SHUT_WR)
        return json.loads(read(connection))


def read(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


def start(path: Path) -> None:
    """Start the process that answers, and wait until it listens."""
    if os.fork() == 0:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        serve(path)
        path.unlink(missing_ok=True)
        os._exit(0)
    while not path.exists():
        time.sleep(0.01)


def serve(path: Path) -> None:
    starting = path.with_suffix(".starting")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(starting))
        listener.listen()
        listener.settimeout(LOOK_SECONDS)
        starting.rename(path)
        asked = time.monotonic()
        while path.exists() and time.monotonic() - asked < IDLE_SECONDS:
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            asked = time.monotonic()
            with connection:
                call = json.loads(read(connection))
                connection.sendall(json.dumps(answer(*call)).encode())


def answer(
    service: str, operation: str, parameters: str, account: str = ""
) -> dict[str, str]:
    try:
        given = getattr(client(service, account), operation)(**json.loads(parameters))
    except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
        return {"error": f"{type(error).__name__}: {error}"}
    given.pop("ResponseMetadata", None)
    return {"answer": json.dumps(given, default=text)}


def text(value: Any) -> str:
    return value.read().decode() if hasattr(value, "read") else str(value)


@cache
def client(service: str, account: str) -> Any:
    import boto3

    if not account:
        return boto3.client(service)
    role = f"arn:aws:iam::{account}:role/anything"
    session = client("sts", "").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    return boto3.client(
        service,
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )


folder, *call = sys.argv[1:]
variables = sorted((name, value) for name, value in os.environ.items() if name.startswith("AWS_"))
path = Path(folder, f"boto-{sha1(repr(variables).encode()).hexdigest()[:8]}")
if not path.exists():
    start(path)
result = ask(path, call)
if "error" in result:
    sys.exit(result["error"])
print(result["answer"])
