"""Runs one container, outlives the controllers, and keeps the container's exit code.

It reads a JSON document on standard input: ``container`` (see container.py) or ``command``
with ``input`` (its standard input as JSON), ``pid`` and ``exit`` (files to write),
``stopSeconds`` (from SIGTERM to SIGKILL).
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import container

CLONE_NEWPID, CLONE_NEWNS = 0x20000000, 0x00020000
PR_SET_PDEATHSIG = 1
SIGNALS = {signal.SIGTERM, signal.SIGALRM}

libc = ctypes.CDLL(None, use_errno=True)


def write(file: str, text: str) -> None:
    """Write a file that nobody sees half-written."""
    Path(f"{file}.new").write_text(text)
    os.replace(f"{file}.new", file)


def unshare(flags: int) -> None:
    """Enter new namespaces; one of processes is entered by the next child."""
    if libc.unshare(flags) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def start_container(spec: dict[str, Any]) -> int:
    """Start the first process of a container. It ends when this process does."""
    unshare(CLONE_NEWPID)
    child = os.fork()
    if child:
        return child
    try:
        libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
        os.setsid()
        unshare(CLONE_NEWNS)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        container.run(spec)
    except OSError as error:
        print(error, file=sys.stderr, flush=True)
    except SystemExit as end:
        print(end, file=sys.stderr, flush=True)
    os._exit(container.exit_code)


def start_command(command: list[str], data: Any) -> int:
    """Start a program with a JSON document on its standard input."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS),
    )
    assert process.stdin
    process.stdin.write(json.dumps(data).encode())
    process.stdin.close()
    return process.pid


def main() -> None:
    spec = json.load(sys.stdin)
    # A signal that comes before the child is known waits.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    if "container" in spec:
        child = start_container(spec["container"])
    else:
        child = start_command(spec["command"], spec["input"])
    write(spec["pid"], str(child))

    def stop(*_: Any) -> None:
        os.kill(child, signal.SIGTERM)
        signal.setitimer(signal.ITIMER_REAL, max(spec["stopSeconds"], 0.001))

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    write(spec["exit"], str(code if code >= 0 else 128 - code))


if __name__ == "__main__":
    main()
