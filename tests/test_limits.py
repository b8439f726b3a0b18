"""The wall of limits: each holds for an ordinary user, is the plan's, and cannot be raised."""

from __future__ import annotations

import signal
from typing import Any

import pytest
from world import linux
from yard import COUNTED_UID, Yard, as_root, as_user, python_for_all, yard

__all__ = ["as_root", "as_user", "yard"]

pytestmark = linux


def test_limits_are_the_plans_and_cannot_be_raised(yard: Yard, as_user: Any) -> None:
    limits = {"processes": 40, "memory_mb": 100, "file_mb": 2, "files": 30, "cpu_s": 9}
    code = """if True:
        import resource as r
        names = "NPROC DATA AS FSIZE NOFILE CPU CORE MSGQUEUE MEMLOCK".split()
        seen = {name: r.getrlimit(getattr(r, "RLIMIT_" + name)) for name in names}
        try:
            r.setrlimit(r.RLIMIT_NOFILE, (31, 31))
        except ValueError as error:
            seen["raised"] = str(error)
        """
    mb = 1 << 20
    assert yard.run({"limits": limits}, code, start=as_user) == {
        "NPROC": [40, 40], "DATA": [100 * mb] * 2, "AS": [1124 * mb] * 2, "FSIZE": [2 * mb] * 2, "NOFILE": [30, 30],
        "CPU": [9, 10], "CORE": [0, 0], "MSGQUEUE": [0, 0], "MEMLOCK": [65536] * 2,
        "raised": "not allowed to raise maximum limit",
    }  # fmt: skip


def test_a_limit_never_goes_above_the_one_in_force(yard: Yard, as_user: Any) -> None:
    limit = ("prlimit", "--nofile=50:50", "--")
    code = "import resource; seen = resource.getrlimit(resource.RLIMIT_NOFILE)"
    assert yard.run({"limits": {"files": 99}}, code, start=(*as_user, *limit)) == [50, 50]


def test_processes_are_limited_for_a_throwaway_user(yard: Yard, as_root: Any) -> None:
    code = """if True:
        children = []
        def fork():
            read, write = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.close(write); os.read(read, 1); os._exit(0)
            os.close(read); children.append((pid, write))
        while (ended := tried(fork)) == "done" and len(children) < 20:
            pass
        for pid, write in children:
            os.close(write)
        for pid, write in children:
            os.waitpid(pid, 0)
        seen = [ended, len(children)]
        """
    # Each child also holds the pipes of those before it, so the last forked goes first: no one waits for another.
    plan = {"limits": {"processes": 10}, **as_root, "uid": COUNTED_UID}  # what an earlier test left may still be ending
    assert yard.run(plan, code) == ["EAGAIN", 9]


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("hoard = bytearray(300 << 20)", id="private"),
        pytest.param("import mmap; hoard = mmap.mmap(-1, 1300 << 20)", id="shared"),
    ],
)
def test_memory_is_limited(yard: Yard, as_user: Any, code: str) -> None:
    code = f"try:\n    {code}\nexcept (MemoryError, OSError) as error:\n    seen = type(error).__name__"
    assert yard.run({"limits": {"memory_mb": 200}}, code, start=as_user) in ("MemoryError", "OSError")


def test_files_are_limited_in_size_and_number(yard: Yard, as_user: Any) -> None:
    code = """if True:
        import tempfile
        with tempfile.TemporaryFile(buffering=0) as file:
            file.write(bytes(1 << 20))
            too_large = tried(file.write, b"x")
        opened = []
        too_many = tried(lambda: [opened.append(open(os.devnull)) for _ in range(50)])
        del opened
        seen = [too_large, too_many]
        """
    assert yard.run({"limits": {"file_mb": 1, "files": 40}}, code, start=as_user) == ["EFBIG", "EMFILE"]


def test_busy_loop_ends_by_its_cpu_time(yard: Yard, as_user: Any) -> None:
    done = yard.start({"limits": {"cpu_s": 1}}, "while True: pass", start=as_user, python=python_for_all())
    assert done.returncode == -signal.SIGXCPU
