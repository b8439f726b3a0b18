"""The walls together: what goes on working behind them, that root is given up for good, and what cannot be put up."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from world import linux
from yard import THROWAWAY_UID, Yard, as_root, as_user, fenced, filtered, who, yard

__all__ = ["as_root", "as_user", "fenced", "filtered", "who", "yard"]

pytestmark = [pytest.mark.outside, linux]

WORK = """
import concurrent.futures, math, multiprocessing, subprocess, threading
if __name__ == "__main__":
    context = multiprocessing.get_context(method)
    child = context.Process(target=os._exit, args=(7,))
    child.start(); child.join()
    queue = context.Queue()
    filler = context.Process(target=queue.put, args=(5,))
    filler.start()
    with context.Pool(2) as pool, context.Manager() as manager:
        shared = manager.dict(a=1)
        seen = [child.exitcode, queue.get(), pool.map(math.factorial, [3, 4]), shared["a"]]
    filler.join()
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as executor:
        seen.append(list(executor.map(abs, [-1, -2])))
    seen.append(subprocess.run([sys.executable, "-I", "-c", "print(1)"], capture_output=True, text=True).stdout)
    thread = threading.Thread(target=seen.append, args=("thread",))
    thread.start(); thread.join()
    with context.Lock(), open(os.devnull, "w") as null:
        seen.append(len(os.listdir("/proc/self/fd")) > 3)
"""
WORK_DONE = [7, 5, [6, 24], 1, [1, 2], "1\n", "thread", True]


# --- what goes on working


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
@pytest.mark.parametrize("files", ["fenced", "open"])
def test_multiprocessing_works_behind_all_walls(
    yard: Yard, who: Any, filtered: Any, files: str, method: str, request: pytest.FixtureRequest
) -> None:
    plan, start = who
    fence = request.getfixturevalue("fenced") if files == "fenced" else {}
    limits = {"memory_mb": 512, "file_mb": 16, "files": 256, "cpu_s": 60}
    plan = {"limits": limits, **plan, **fence, **filtered}
    assert yard.run(plan, f"method = {method!r}\n{WORK}", start=start) == WORK_DONE


def test_names_of_the_walls_in_force_are_returned_in_order(
    yard: Yard, as_root: Any, fenced: Any, filtered: Any
) -> None:
    plan = {"limits": {"files": 64}, **as_root, **fenced, **filtered}
    assert yard.run(plan, "seen = up") == ["limits", "uid", "no_new_privs", "landlock", "seccomp"]


def test_empty_plan_puts_up_nothing(yard: Yard) -> None:
    assert yard.run({"limits": None, "uid": None, "landlock": None, "seccomp": None}, "seen = up") == []


def test_importing_the_module_needs_nothing_but_what_every_system_has(yard: Yard) -> None:
    code = "seen = sorted({'resource', 'fcntl', 'ctypes', 'grader'} & sys.modules.keys())"
    assert yard.run({}, code) == []


# --- uid

GONE = """if True:
    status = walls._status()
    seen = {name: status[name] for name in ("Uid", "Gid", "NoNewPrivs")}
    seen["groups"] = os.getgroups()
    seen["capabilities"] = sum(int(status[name], 16) for name in status if name.startswith("Cap"))
    seen["back"] = [tried(os.setuid, 0), tried(os.setgid, 0), tried(os.setgroups, [0])]
    seen["own memory"] = tried(open, "/proc/self/mem", "rb")
    """
ORDINARY = {
    "Uid": "\t".join([str(THROWAWAY_UID)] * 4),
    "Gid": "\t".join([str(THROWAWAY_UID)] * 4),
    "NoNewPrivs": "1",
    "groups": [],
    "capabilities": 0,
    "back": ["EPERM", "EPERM", "EPERM"],
    "own memory": "done",
}


def test_root_is_given_up_for_good(yard: Yard, as_root: Any) -> None:
    assert yard.run(as_root, GONE) == ORDINARY


def test_further_groups_and_capabilities_go_too(yard: Yard, as_root: Any) -> None:
    setpriv = shutil.which("setpriv") or pytest.skip("setpriv is not installed")
    start = (setpriv, "--groups=0,4", "--inh-caps=+net_raw,+chown", "--ambient-caps=+net_raw,+chown", "--")
    assert yard.run(as_root, GONE, start=start) == ORDINARY


def test_root_is_given_up_inside_bubblewrap(yard: Yard, as_root: Any) -> None:
    start = bubblewrap(yard)
    assert yard.run(as_root, GONE, start=start, python=sys.executable) == ORDINARY


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing_works_inside_bubblewrap(yard: Yard, as_root: Any, filtered: Any, method: str) -> None:
    plan = {"limits": {"processes": 32, "memory_mb": 512}, **as_root, **filtered}
    code = f"method = {method!r}\n{WORK}"
    assert yard.run(plan, code, start=bubblewrap(yard), python=sys.executable) == WORK_DONE


def bubblewrap(yard: Yard) -> tuple[str, ...]:
    """The sandbox of root, with the three capabilities that giving up root takes."""
    bwrap = shutil.which("bwrap") or pytest.skip("bubblewrap is not installed")
    capabilities = [word for name in ("SETUID", "SETGID", "SETPCAP") for word in ("--cap-add", f"CAP_{name}")]
    readable = ["/usr", "/lib", "/lib64", "/bin", "/etc", sys.prefix, sys.base_prefix, str(yard.folder)]
    # bubblewrap makes missing folders above a mount for root alone, where they are so outside.
    above = sorted({str(each) for path in readable for each in Path(path).parents[:-1]})
    folders = [word for path in above for word in ("--perms", "0755", "--dir", path)]
    mounts = [word for path in readable if Path(path).exists() for word in ("--ro-bind", path, path)]
    start = (
        bwrap, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--die-with-parent",
        "--cap-drop", "ALL", *capabilities, *folders, *mounts, "--proc", "/proc", "--dev", "/dev",
        "--perms", "1777", "--tmpfs", str(yard.box), "--perms", "1777", "--tmpfs", "/dev/shm", "--",
    )  # fmt: skip
    if subprocess.run([*start, "true"], capture_output=True, check=False).returncode:
        pytest.skip("bubblewrap cannot make a sandbox here")
    return start


# --- a wall that cannot be put up


@pytest.mark.parametrize(
    ("plan", "name", "reason"),
    [
        ({"uid": THROWAWAY_UID}, "uid", "PermissionError: [Errno 1] Operation not permitted"),
        ({"uid": 0}, "uid", "ValueError: 0 is root"),
        ({"seccomp": "AAAA"}, "seccomp", "ValueError: a BPF program is a row of instructions of 8 bytes"),
        ({"seccomp": base64.b64encode(bytes(8)).decode()}, "seccomp", "OSError: [Errno 22] Invalid argument"),
        ({"limits": {"files": "many"}}, "limits", "TypeError: "),
        ({"limits": {"threads": 9}}, "limits", "ValueError: there is no limit of the name 'threads'"),
        ({"sandlock": {}}, "sandlock", "there is no wall of this name"),
    ],
)
def test_wall_that_fails_says_which_and_why(
    yard: Yard, as_user: Any, plan: dict[str, Any], name: str, reason: str
) -> None:
    seen = yard.run(plan, "seen = up", start=as_user)
    assert seen[0] == name
    assert seen[1].startswith(reason)


def test_missing_landlock_is_said(yard: Yard, as_user: Any) -> None:
    code = """if True:
        walls.landlock_abi = lambda: 0
        try:
            walls.put_up({"landlock": {"read": [], "write": []}})
        except walls.WallFailed as error:
            seen = str(error)
        """
    expected = "The wall 'landlock' cannot be put up: OSError: the kernel has no Landlock, or does not let us use it"
    assert yard.run({}, code, start=as_user) == expected


def test_other_threads_are_not_left_outside(yard: Yard, as_user: Any, filtered: Any) -> None:
    code = """if True:
        import threading
        over = threading.Event()
        other = threading.Thread(target=over.wait)
        other.start()
        try:
            walls.put_up(%r)
        except walls.WallFailed as error:
            seen = str(error)
        over.set()
        """
    assert "other threads are running" in yard.run({}, code % filtered, start=as_user)
