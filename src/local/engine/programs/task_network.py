"""Holds the namespaces of a task, and joins its network to the machine's.

Standard input is a JSON document: ``ready`` (a file to write), ``inward`` (ports of the
machine's 127.0.0.1 that the task reaches as its own), ``outward`` (ports of the task for
which a port of the machine's 127.0.0.1 is opened), ``user`` (a user namespace too).

A socket belongs to the network in which it was made: the outer process accepts what comes
in through sockets that were made inside, and the inner one the other way round. So no
address, route or right is needed.
"""

import asyncio
import ctypes
import fcntl
import json
import os
import socket
import struct
import sys
from pathlib import Path

CLONE_NEWNET, CLONE_NEWUTS, CLONE_NEWIPC = 0x40000000, 0x04000000, 0x08000000
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1
CHUNK = 65536

libc = ctypes.CDLL(None, use_errno=True)


def unshare(flags: int) -> None:
    """Enter new namespaces."""
    if libc.unshare(flags) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def enter(user: bool) -> None:
    """Enter the namespaces of the task, with its loopback device up."""
    if user:
        uid, gid = os.getuid(), os.getgid()
        unshare(CLONE_NEWUSER)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {uid} 1")
        Path("/proc/self/gid_map").write_text(f"0 {gid} 1")
    unshare(CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC)
    with socket.socket() as any_socket:
        request = struct.pack("16sH14x", b"lo", IFF_UP)
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, request)


def listener(port: int) -> socket.socket:
    """A listening socket in the current network."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
    made.listen(512)
    return made


async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One direction of a connection."""
    try:
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.transport.abort()


async def forward(pairs: list[tuple[socket.socket, int]]) -> None:
    """Pass each connection of a socket on to a port."""

    async def serve(port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        try:
            inner, outer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            writer.transport.abort()
            return
        await asyncio.gather(copy(reader, outer), copy(inner, writer))
        outer.close()
        writer.close()

    for made, port in pairs:
        await asyncio.start_server(lambda r, w, p=port: serve(p, r, w), sock=made)
    await asyncio.Event().wait()


def main() -> None:
    spec = json.load(sys.stdin)
    outward = [(listener(0), port) for port in spec["outward"]]
    ports = {port: made.getsockname()[1] for made, port in outward}
    ours, theirs = socket.socketpair()
    inner = os.fork()
    if inner == 0:
        enter(spec["user"])
        # A change of credentials clears it: so not before.
        libc.prctl(PR_SET_PDEATHSIG, 9)
        made = [listener(port) for port in spec["inward"]]
        socket.send_fds(theirs, [b"."], [one.fileno() for one in made])
        for one in made:
            one.close()
        asyncio.run(forward(outward))
        return
    theirs.close()
    data, descriptors, *_ = socket.recv_fds(ours, 1, max(len(spec["inward"]), 1))
    if not data:
        raise SystemExit("the namespaces of the task cannot be made")
    for made, _ in outward:
        made.close()
    ready = {"pid": inner, "ports": ports}
    Path(f"{spec['ready']}.new").write_text(json.dumps(ready))
    os.replace(f"{spec['ready']}.new", spec["ready"])
    inward = [socket.socket(fileno=one) for one in descriptors]
    asyncio.run(forward(list(zip(inward, spec["inward"]))))


if __name__ == "__main__":
    main()
