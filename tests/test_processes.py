"""What /proc says of processes: names, parents, ends and costs, of real ones."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from world import TIERS, Ends, linux, sandbox_with, scene, until
from zoo import Zoo

from grader.kernel import helpers, processes, usage

pytestmark = [pytest.mark.outside, linux]

NEWER_SERVER = "import sys; from multiprocessing.forkserver import main; import signal; signal.pause()"  # see helper
ANIMALS = {
    "named": "libc.prctl(15, b') S (1 2 3', 0, 0, 0)",
    "busy": "while True: pass",
    "sleeper": "pass",
    "parent": "sleeper()",
    "zombie": "os._exit(0)",
    "threads": "[threading.Thread(target=os.read, args=(pipe[0], 1)).start() for _ in range(3)]",
    "reaper": """
if (pid := os.fork()) == 0:
    while time.process_time() < 0.15:
        pass
    os._exit(0)
os.waitpid(pid, 0)
""",
    "eater": "hoard = bytearray(64 << 20); hoard[::4096] = bytes(len(hoard[::4096]))",
    "tracker": "from multiprocessing import resource_tracker as r; r.ensure_running()",
    "server": "multiprocessing.get_context('forkserver').Process(target=signal.pause).start()",
    "newer server": f"os.execv(sys.executable, [sys.executable, '-c', {NEWER_SERVER!r}])",
}


@pytest.fixture(scope="module")
def zoo() -> Iterator[Zoo]:
    with Zoo(ANIMALS) as made:
        yield made


def test_stat_is_that_of_the_process(zoo: Zoo) -> None:
    seen = processes.stat(zoo.pids["sleeper"])
    until(lambda: processes.stat(zoo.pids["sleeper"]).state == "S")
    assert seen.parent == zoo.root
    assert seen.born >= processes.stat(zoo.root).born > 0
    assert processes.stat(os.getpid()).state == "R"


def test_name_may_hold_whatever_it_likes(zoo: Zoo) -> None:
    until(lambda: processes.stat(zoo.pids["named"]).name == ") S (1 2 3")
    assert processes.stat(zoo.pids["named"]).parent == zoo.root


def test_children_are_those_of_all_threads_and_zombies_too(zoo: Zoo) -> None:
    assert set(processes.children(zoo.root)) == set(zoo.pids.values())
    assert processes.children(zoo.pids["sleeper"]) == []


def test_below_holds_parents_before_their_children(zoo: Zoo) -> None:
    until(lambda: processes.children(zoo.pids["parent"]))
    (grandchild,) = processes.children(zoo.pids["parent"])
    below = processes.below(zoo.root)
    assert below.index(zoo.pids["parent"]) < below.index(grandchild)
    assert len(below) == len(set(below))
    assert zoo.root not in below
    assert processes.descends(grandchild, zoo.root)
    assert processes.descends(grandchild, os.getpid())
    assert not processes.descends(zoo.root, grandchild)
    assert not processes.descends(zoo.pids["sleeper"], zoo.pids["parent"])
    assert not processes.descends(os.getpid(), os.getpid())


def test_zombie_has_ended(zoo: Zoo) -> None:
    until(lambda: not processes.is_alive(zoo.pids["zombie"]))
    assert processes.stat(zoo.pids["zombie"]).state == "Z"
    assert processes.is_alive(zoo.pids["sleeper"])
    assert processes.command(zoo.pids["zombie"]) == []


def test_tasks_are_the_threads(zoo: Zoo) -> None:
    until(lambda: len(processes.tasks(zoo.pids["threads"])) == 4)
    tasks = processes.tasks(zoo.pids["threads"])
    assert tasks[0] == zoo.pids["threads"]
    assert [processes.inside_pid(zoo.pids["threads"], task) for task in tasks] == tasks
    assert processes.stat(zoo.pids["threads"], tasks[1]).state in "SR"


CROWD = """
import sys, threading
while sys.stdin.readline():
    ends, done = threading.Event(), threading.Event()
    crowd = [threading.Thread(target=ends.wait) for _ in range(20)]
    last = threading.Thread(target=lambda: (print(threading.get_native_id(), flush=True), done.wait()))
    for thread in [*crowd, last]:
        thread.start()
    sys.stdin.readline()
    ends.set()
    sys.stdin.readline()
    done.set()
    for thread in [*crowd, last]:
        thread.join()
"""


@linux
def test_no_thread_is_missed_while_others_end() -> None:
    with subprocess.Popen([sys.executable, "-c", CROWD], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as crowd:
        assert crowd.stdin and crowd.stdout
        for _ in range(300):  # about one list in 2,000 ends before it
            os.write(crowd.stdin.fileno(), b"\n")
            last = int(crowd.stdout.readline())
            os.write(crowd.stdin.fileno(), b"\n")
            assert all(processes.has_thread(crowd.pid, last) for _ in range(15))
            os.write(crowd.stdin.fileno(), b"\n")
        crowd.stdin.close()


@linux
def test_of_a_very_long_command_line_only_the_beginning_is_read() -> None:
    long = [sys.executable, "-c", "import sys; sys.stdin.read()", *["x" * 100_000] * 10]
    with subprocess.Popen(long, stdin=subprocess.PIPE) as sleeper:
        until(lambda: processes.command(sleeper.pid))  # a moment after Popen() there is none yet
        command = processes.command(sleeper.pid)
        assert command[:3] == long[:3]
        assert sum(map(len, command)) < 2 * processes.COMMAND_BYTES


@linux
def test_thread_that_there_is_not_is_soon_denied(zoo: Zoo, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    threads = processes.threads
    monkeypatch.setattr(processes, "threads", lambda pid: looks.append(pid) or threads(pid))
    assert not processes.has_thread(zoo.pids["sleeper"], 1 << 30)
    assert len(looks) == 2


def test_cpu_time_counts_what_is_under_way_and_what_has_been_reaped(zoo: Zoo) -> None:
    before = usage.cpu_s(zoo.root)
    until(lambda: usage.cpu_s(zoo.root) > before + 0.05)
    until(lambda: processes.stat(zoo.pids["reaper"]).cpu_of_reaped >= 0.05 * processes.HERTZ)
    assert processes.stat(zoo.pids["reaper"]).faults_of_reaped > 0
    assert processes.stat(zoo.pids["sleeper"]).faults_of_reaped == 0
    assert usage.cpu_s(zoo.pids["sleeper"]) == 0.0


def test_memory_is_what_each_has_of_its_own(zoo: Zoo) -> None:
    until(lambda: usage.memory_mb(zoo.root) > 64)
    assert usage.memory_mb(zoo.pids["eater"]) == 0.0  # of what is below it
    assert usage.memory_mb(zoo.root) < 64 * 4


def test_helpers_of_multiprocessing_are_known(zoo: Zoo) -> None:
    def roles(name: str) -> list[str | None]:
        return [helpers.helper(pid) for pid in processes.below(zoo.pids[name])]

    until(lambda: roles("tracker") == ["resource tracker"])
    until(lambda: sorted(map(str, roles("server"))) == ["None", "fork server", "resource tracker"])
    until(lambda: helpers.helper(zoo.pids["newer server"]) == "fork server")
    assert helpers.helper(zoo.root) is None
    assert helpers.helper(zoo.pids["sleeper"]) is None


def test_command_is_the_arguments(zoo: Zoo) -> None:
    command = processes.command(zoo.root)
    assert (command[0], command[1]) == (sys.executable, "-c")
    assert processes.command(zoo.pids["sleeper"]) == command


def test_process_that_has_gone_has_nothing() -> None:
    with Zoo({"pause": "pass"}) as zoo:
        pid, root = zoo.pids["pause"], zoo.root
        ends = Ends([pid, root])
        os.kill(root, signal.SIGKILL)
        os.kill(pid, signal.SIGKILL)
        ends.await_all()
    for ask in (processes.stat, processes.inside_pid, processes.tasks):
        with pytest.raises(processes.GONE):
            ask(root)
    assert (processes.children(root), processes.below(root), processes.command(root)) == ([], [], [])
    assert (processes.is_alive(root), processes.descends(root, 1), helpers.helper(root)) == (False, False, None)
    assert (usage.cpu_s(root), usage.memory_mb(root), usage.peak_mb(root)) == (0.0, 0.0, 0.0)


@pytest.mark.skipif("bubblewrap" not in TIERS, reason="bubblewrap cannot be had here")
def test_process_has_another_number_inside() -> None:
    with sandbox_with("bubblewrap", {"work.py": ""}) as sandbox, scene(sandbox, start_method="fork") as at:
        zygote = sandbox.ready().pid
        assert processes.inside_pid(zygote) == 1
        assert processes.inside_pid(at.stage.outer_pid) == at.stage.pid != at.stage.outer_pid
        assert processes.children(zygote) == [at.stage.outer_pid]
        assert at.submission.parent_pid == 1
    assert processes.inside_pid(os.getpid()) == os.getpid()


SYSTEM_CALLS = {"x86_64": {"clone": 56, "exit": 60}, "aarch64": {"clone": 220, "exit": 93}}.get(platform.machine(), {})
ODD_ONES = {
    "leaderless": f"threading.Thread(target=signal.pause).start(); libc.syscall({SYSTEM_CALLS.get('exit')}, 0)",
    "in vfork": f"libc.syscall({SYSTEM_CALLS.get('clone')}, 0x4000 | signal.SIGCHLD, 0, 0, 0, 0) or signal.pause()",
    "sharer": "kept = mmap.mmap(-1, 96 << 20); kept[::4096] = bytes(len(kept[::4096])); signal.pause()",
}


@pytest.fixture
def odd(request: pytest.FixtureRequest) -> Iterator[int]:
    """The PID of a process that does the one of ODD_ONES."""
    code = f"import ctypes, mmap, signal, threading; libc = ctypes.CDLL(None); {ODD_ONES[request.param]}"
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        yield process.pid
        for pid in [process.pid, *processes.below(process.pid)]:
            os.kill(pid, signal.SIGKILL)


needs_numbers = pytest.mark.skipif(not SYSTEM_CALLS, reason="the numbers of system calls are not known here")


@needs_numbers
@pytest.mark.parametrize("odd", ["leaderless"], indirect=True)
def test_process_whose_first_thread_has_ended_goes_on(odd: int) -> None:
    until(lambda: processes.stat(odd, odd).state == "Z")
    assert processes.stat(odd).state == "S"
    assert processes.is_alive(odd)


@needs_numbers
@pytest.mark.parametrize("odd", ["in vfork"], indirect=True)
def test_parent_in_vfork_is_not_being_born(odd: int) -> None:
    until(lambda: processes.is_in_vfork(odd))
    assert processes.stat(odd).state == "D"
    assert not helpers.is_being_born(odd)
    assert not processes.is_in_vfork(os.getpid())


@pytest.mark.parametrize("odd", ["sharer"], indirect=True)
def test_memory_that_could_be_shared_counts(odd: int) -> None:
    until(lambda: usage.memory_mb(odd, [odd]) > 95)
    assert usage.memory_mb(odd, [odd]) < 140
