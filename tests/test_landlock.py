"""Landlock: files, sockets and signals outside are out of reach, as far as the kernel at hand knows how."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from typing import Any

import pytest
from world import linux
from yard import DEVICES, Yard, as_root, as_user, fenced, who, yard

from grader.harness import walls

__all__ = ["as_root", "as_user", "fenced", "who", "yard"]

pytestmark = [pytest.mark.outside, linux]


def test_landlock_hides_what_is_outside(yard: Yard, who: Any, fenced: Any) -> None:
    plan, start = who
    code = f"""if True:
        import stat
        secret, island, box = {str(yard.secret)!r}, {str(yard.folder / "harness")!r}, {str(yard.box)!r}
        shared = f"/dev/shm/walls-{{os.getpid()}}"
        seen = [
            tried(open, secret), tried(os.listdir, os.path.dirname(secret)), tried(os.symlink, secret, box + "/link"),
            tried(open, box + "/link"), tried(os.truncate, secret, 0), tried(open, island + "/new", "w"),
            tried(open, island + "/walls.py"), tried(open, box + "/new", "w"),
            tried(os.rename, box + "/new", box + "/n2"),
            tried(os.mkdir, box + "/a"), tried(os.rename, box + "/n2", box + "/a/n3"), tried(open, shared, "w"),
            tried(os.unlink, shared), tried(os.unlink, box + "/a/n3"), tried(os.rmdir, box + "/a"),
            tried(os.unlink, box + "/link"), tried(os.mknod, box + "/device", stat.S_IFCHR),
            *[tried(open, device, "w") for device in {DEVICES!r}[:3]],
        ]
        """
    expected = ["EACCES", "EACCES", "done", "EACCES", "EACCES", "EACCES"] + ["done"] * 10 + ["EACCES"] + ["done"] * 3
    if walls.landlock_abi() < 3:
        pytest.skip("this kernel's Landlock does not stop truncation")
    assert yard.run({**plan, **fenced}, code, start=start) == expected


def test_landlock_holds_in_a_program_that_is_started_behind_it(yard: Yard, as_user: Any, fenced: Any) -> None:
    code = f"""if True:
        import subprocess
        read = "import sys; open(sys.argv[1])"
        command = [sys.executable, "-I", "-c", read, {str(yard.secret)!r}]
        seen = subprocess.run(command, capture_output=True, text=True).stderr.splitlines()[-1].split(":")[0]
        """
    assert yard.run(fenced, code, start=as_user) == "PermissionError"


def test_landlock_refuses_tcp(yard: Yard, as_user: Any, fenced: Any) -> None:
    if walls.landlock_abi() < 4:
        pytest.skip("this kernel's Landlock does not know TCP")
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"""if True:
            seen = [
                tried(socket.create_connection, {server.getsockname()!r}),
                tried(socket.socket().bind, ("127.0.0.1", 0)),
            ]
            """
        assert yard.run(fenced, code, start=as_user) == ["EACCES", "EACCES"]


def test_landlock_refuses_abstract_sockets_of_outsiders(yard: Yard, as_user: Any, fenced: Any) -> None:
    if walls.landlock_abi() < 6:
        pytest.skip("this kernel's Landlock does not scope sockets")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(b"\0walls-%d" % os.getpid())
        server.listen()
        code = f"seen = tried(socket.socket(socket.AF_UNIX).connect, {server.getsockname()!r})"
        assert yard.run({}, code, start=as_user) == "done"
        assert yard.run(fenced, code, start=as_user) == "EPERM"


def test_landlock_refuses_signals_to_ones_own_processes_outside(yard: Yard, as_user: Any, fenced: Any) -> None:
    if walls.landlock_abi() < 6:
        pytest.skip("this kernel's Landlock does not scope signals")
    code = """if True:
        def idle():
            read, write = os.pipe()
            pid = os.fork()
            if not pid:
                os.close(write); os.read(read, 1); os._exit(0)
            return pid, write
        outside, write = idle()
        walls.put_up(%r)
        inside, _ = idle()
        seen = [tried(os.kill, outside, 9), tried(os.kill, inside, 9), os.waitpid(inside, 0)[1]]
        os.close(write)
        seen.append(os.waitpid(outside, 0)[1])
        """
    assert yard.run({}, code % fenced, start=as_user) == ["EPERM", "done", signal.SIGKILL, 0]


def test_a_path_that_is_not_there_needs_no_rule(yard: Yard, as_user: Any) -> None:
    if walls.landlock_abi() < 1:
        pytest.skip("this kernel has no Landlock")
    plan = {"landlock": {"read": [*yard.landlock()["read"], "/nowhere/at/all"], "write": []}}
    assert yard.run(plan, "seen = up", start=as_user) == ["no_new_privs", "landlock"]


@pytest.mark.parametrize(("abi", "rights", "size"), [(1, 0x1FFF, 8), (2, 0x3FFF, 8), (3, 0x7FFF, 8), (4, 0x7FFF, 16),
                                                     (5, 0xFFFF, 16), (6, 0xFFFF, 24), (7, 0xFFFF, 24)])  # fmt: skip
def test_ruleset_asks_no_more_than_the_kernel_knows(
    monkeypatch: pytest.MonkeyPatch, abi: int, rights: int, size: int
) -> None:
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(walls, "landlock_abi", lambda: abi)
    monkeypatch.setattr(walls, "_system_call", recorder(calls))
    walls._restrict_files({"read": [], "write": []})
    (_, attributes, seen_size, _), _ = calls
    scopes = [rights, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0]
    assert (list(attributes), seen_size) == (scopes, size)


def recorder(calls: list[tuple[Any, ...]]) -> Callable[..., int]:
    """A system call that only notes what it was asked, and gives a descriptor that may be closed."""

    def call(*arguments: Any) -> int:
        calls.append(arguments)
        return os.open(os.devnull, os.O_RDONLY) if arguments[0] == walls.LANDLOCK_CREATE_RULESET else 0

    return call
