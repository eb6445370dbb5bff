"""The first process of a container: mounts, changes the root folder, becomes the program.

It runs in namespaces of its own, so that its mounts end with it. It is told ``root``, ``arguments``, ``environment``,
``user``, ``workingDirectory``, ``mounts`` (``source``, ``path``, ``readOnly``), ``readonlyRoot``, ``hostname``.
"""

import contextlib
import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

exit_code = 1
"""What the container ends with if it cannot become the program."""

DEVICES = ("full", "null", "random", "tty", "urandom", "zero")


def mount(*arguments: str) -> bool:
    """Mount, or say that it is not allowed here."""
    return subprocess.run(["mount", *arguments], stderr=subprocess.DEVNULL).returncode == 0


def inside(root: str, path: str) -> str:
    """A path of the container as it is outside."""
    return os.path.join(root, path.lstrip("/"))


def prepare_dev(dev: str) -> None:
    """The devices that every container has."""
    os.makedirs(dev, exist_ok=True)
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", dev)
    os.makedirs(f"{dev}/shm", mode=0o1777, exist_ok=True)
    os.chmod(f"{dev}/shm", 0o1777)
    for device in DEVICES:
        Path(dev, device).touch()
        mount("--bind", f"/dev/{device}", f"{dev}/{device}")
    links = {"fd": "", "stdin": "/0", "stdout": "/1", "stderr": "/2"}
    for name, descriptor in links.items():
        if not os.path.lexists(f"{dev}/{name}"):
            os.symlink(f"/proc/self/fd{descriptor}", f"{dev}/{name}")


def prepare_etc(etc: str, hostname: str) -> None:
    """Names: of this host, and the machine's name servers."""
    os.makedirs(etc, exist_ok=True)
    Path(etc, "hosts").write_text(f"127.0.0.1 localhost {hostname}\n")
    if os.path.exists("/etc/resolv.conf"):
        shutil.copyfile("/etc/resolv.conf", f"{etc}/resolv.conf")


def prepare(spec: dict[str, Any]) -> None:
    """Mount everything below the root folder."""
    root = spec["root"]
    mount("--make-rprivate", "/")
    mount("--bind", root, root)
    prepare_dev(inside(root, "dev"))
    prepare_etc(inside(root, "etc"), spec["hostname"])
    proc = inside(root, "proc")
    os.makedirs(proc, exist_ok=True)
    # In a user namespace below a container the kernel refuses a new /proc.
    if not mount("-t", "proc", "proc", proc):
        mount("--rbind", "/proc", proc)
    for one in spec["mounts"]:
        target = inside(root, one["path"])
        os.makedirs(target, exist_ok=True)
        mount("--bind", one["source"], target)
        if one["readOnly"]:
            mount("-o", "remount,ro,bind", target)
    if spec["readonlyRoot"]:
        mount("-o", "remount,ro,bind", root)


def lookup(file: str, name: str, column: int) -> str | None:
    """A column of /etc/passwd or /etc/group."""
    try:
        rows = [line.split(":") for line in Path(file).read_text().splitlines()]
    except OSError:
        return None
    return next((row[column] for row in rows if row[0] == name), None)


def identity(user: str) -> tuple[int, int, str]:
    """The ids of a user as a Dockerfile names it, and its home folder."""
    name, _, group = user.partition(":")
    uid = name if name.isdigit() else lookup("/etc/passwd", name, 2)
    if uid is None:
        raise SystemExit(f"unable to find user {name}: no matching entries in passwd file")
    rows = Path("/etc/passwd").read_text().splitlines() if os.path.exists("/etc/passwd") else []
    row = next((r.split(":") for r in rows if r.split(":")[2:3] == [uid]), None)
    gid = group or (row[3] if row else "0")
    if not gid.isdigit():
        gid = lookup("/etc/group", gid, 2) or "0"
    return int(uid), int(gid), row[5] if row else "/"


def become(user: str) -> str:
    """Become the user; without root there is only one."""
    uid, gid, home = identity(user or "0")
    with contextlib.suppress(OSError):
        os.setgroups([])
    with contextlib.suppress(OSError):
        os.setgid(gid)
        os.setuid(uid)
    return home


def run(spec: dict[str, Any]) -> None:
    """Become the program of the container."""
    global exit_code
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    prepare(spec)
    with contextlib.suppress(OSError):
        socket.sethostname(spec["hostname"])
    os.chroot(spec["root"])
    os.chdir("/")
    folder = spec["workingDirectory"]
    with contextlib.suppress(OSError):
        os.makedirs(folder, exist_ok=True)
    home = become(spec["user"])
    os.chdir(folder)
    environment = {"HOME": home} | spec["environment"]
    program = spec["arguments"][0]
    # The program is looked up along the container's own PATH.
    os.environ["PATH"] = environment.get("PATH", os.defpath)
    try:
        os.execvpe(program, spec["arguments"], environment)
    except OSError as error:
        exit_code = 127 if isinstance(error, FileNotFoundError) else 126
        reason = os.strerror(error.errno or 0).lower()
        raise SystemExit(f"exec {program}: {reason}") from None
