"""The walls, tried from inside: a child Python puts them up, does what it may not do and what it may, and reports.

Each child runs the island alone, from a copy that every user can read. It gets its plan and a piece of code, and prints
one line of JSON. As root there are two ways to an ordinary user: the wall 'uid', and having been started as one.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.harness import walls
from grader.walls import seccomp

if not sys.platform.startswith("linux"):
    pytest.skip("the walls beyond limits are Linux's", allow_module_level=True)

ISLAND = Path(walls.__file__).parent
# They belong to nobody, and to no other run of these tests, so no other process counts against their limits.
THROWAWAY_UID, OTHER_UID, COUNTED_UID = (base + os.getpid() for base in (0x5000_0000, 0x5800_0000, 0x6000_0000))
DEVICES = ["/dev/null", "/dev/zero", "/dev/full", "/dev/urandom"]
NET_S = 60

CHILD = """
import errno, json, os, socket, sys
folder, plan, code = sys.argv[1:]
sys.path.insert(0, folder)
from harness import walls

def tried(action, *args):
    try:
        action(*args)
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"

try:
    up = walls.put_up(json.loads(plan))
except walls.WallFailed as error:
    seen = [error.name, error.reason]
else:
    exec(code)
print(json.dumps(seen))
"""

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


class Yard:
    """A folder that all can read: the island, a box that all can write in, a secret that only Landlock hides."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.box, self.secret = folder, folder / "box", folder / "secret.txt"
        folder.chmod(0o755)
        shutil.copytree(ISLAND, folder / "harness", ignore=shutil.ignore_patterns("__pycache__"))
        self.secret.write_text("secret")
        self.box.mkdir()
        self.box.chmod(0o1777)

    def landlock(self) -> dict[str, list[str]]:
        system = ["/usr", "/lib", "/lib64", "/etc", "/proc", sys.prefix, sys.base_prefix, str(self.folder / "harness")]
        return {"read": [path for path in system if reachable(path)], "write": [str(self.box), "/dev/shm", *DEVICES]}

    def run(self, plan: dict[str, Any], code: str, *, start: tuple[str, ...] = (), python: str = "") -> Any:
        done = self.start(plan, code, start=start, python=python or python_for_all())
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def start(self, plan: dict[str, Any], code: str, *, start: tuple[str, ...], python: str) -> Any:
        command = [*start, python, "-I", "-B", "-c", CHILD, str(self.folder), json.dumps(plan), code]
        environment = {"TMPDIR": str(self.box), "MALLOC_ARENA_MAX": "1", "PATH": os.defpath}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=NET_S, check=False, cwd=self.box
        )


def reachable(path: str) -> bool:
    """Whether a user with no rights of its own gets there."""
    real = Path(path).resolve()
    return real.exists() and all(each.stat().st_mode & 0o001 for each in (real, *real.parents))


def python_for_all() -> str:
    """A Python that an ordinary user may start: this one, or else the system's."""
    if os.geteuid() != 0:
        return sys.executable
    for python in (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3"):
        if reachable(python):
            return python
    pytest.skip("no Python on this machine can be started by an ordinary user")


@pytest.fixture(scope="module")
def yard() -> Iterator[Yard]:
    folder = Path(tempfile.mkdtemp(prefix="walls-"))
    yield Yard(folder)
    shutil.rmtree(folder)


@pytest.fixture
def as_root() -> dict[str, Any]:
    """The part of a plan that makes a root process ordinary."""
    if os.geteuid() != 0:
        pytest.skip("only root can change the user")
    return {"uid": THROWAWAY_UID}


@pytest.fixture
def as_user() -> tuple[str, ...]:
    """The command that starts a program as an ordinary user."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv") or pytest.skip("setpriv is not installed")
    return (setpriv, f"--reuid={OTHER_UID}", f"--regid={OTHER_UID}", "--clear-groups", "--")


@pytest.fixture(params=["becomes ordinary", "is ordinary"])
def who(request: pytest.FixtureRequest) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Both ways to an ordinary user: what the plan says, and how the child is started."""
    if request.param == "becomes ordinary":
        return request.getfixturevalue("as_root"), ()
    return {}, request.getfixturevalue("as_user")


@pytest.fixture
def filtered() -> dict[str, str]:
    program = seccomp.program()
    if program is None:
        pytest.skip("no seccomp program for this architecture")
    return {"seccomp": base64.b64encode(program).decode()}


@pytest.fixture
def fenced(yard: Yard) -> dict[str, Any]:
    if walls.landlock_abi() < 1:
        pytest.skip("this kernel has no Landlock")
    return {"landlock": yard.landlock()}


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


# --- limits


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


# --- landlock


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
