"""The processes inside, for a check: which the student's code has started, which are left, and which do not count."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from world import TIERS, linux, sandbox_with, scene, until

from grader.finding import Finding
from grader.handles.tree import Tree
from grader.result import Verdict
from grader.walls.sandbox import Sandbox

pytestmark = linux

WORK = """
import multiprocessing, os, signal, subprocess, sys, threading

def nothing():
    pass

def child(target, method=None):
    process = multiprocessing.get_context(method).Process(target=target)
    process.start()
    return process

def fork_and_forget():
    if (pid := os.fork()) == 0:
        os._exit(0)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    return pid

def reap():
    os.wait()

def orphan():
    ready, told = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            os.write(told, b"x")
            while True:
                signal.pause()
        os._exit(0)
    os.wait()
    os.read(ready, 1)

def dead_orphan():
    if os.fork() == 0:
        if os.fork() == 0:
            os._exit(0)
        os._exit(0)
    os.wait()

def thread():
    threading.Thread(target=signal.pause).start()

def program():
    return subprocess.run([sys.executable, "-c", ""]).returncode
"""
STARTS = {
    "starts_a_child": "import os, signal\nif os.fork() == 0:\n    while True:\n        signal.pause()\n",
    "starts_and_joins": "import multiprocessing as m, os\np = m.Process(target=os.getpid)\np.start()\np.join()\n",
    "starts_by_server": "import multiprocessing as m, os\np = m.get_context('forkserver').Process(target=os.getpid)\n"
    "p.start()\np.join()\n",
    "leaves_a_zombie": "import os\nif os.fork() == 0:\n    os._exit(0)\n",
    "starts_none": "import multiprocessing\nlock, queue = multiprocessing.Lock(), multiprocessing.Queue()\n",
    "starts_a_tracker": "import multiprocessing\nlock = multiprocessing.get_context('spawn').Lock()\n",
    "starts_a_thread": "import signal, threading\nthreading.Thread(target=signal.pause, daemon=True).start()\n",
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    files = {"work.py": WORK, **{f"{name}.py": text for name, text in STARTS.items()}}
    with sandbox_with(TIERS[0], files) as made:
        yield made


# --- at import


def begun(sandbox: Sandbox, module: str) -> list[str]:
    with scene(sandbox, module) as at:
        tree = Tree(at.stage)
        tree.loaded()
        return tree.begun_at_import()


@pytest.mark.parametrize("module", ["starts_none", "starts_a_tracker", "starts_a_thread", "work"])
def test_file_that_starts_nothing(sandbox: Sandbox, module: str) -> None:
    assert begun(sandbox, module) == []


def test_file_that_starts_a_process_which_is_there(sandbox: Sandbox) -> None:
    (told,) = begun(sandbox, "starts_a_child")
    assert told.startswith("process ") and told.endswith(" (alive)")


@pytest.mark.parametrize("module", ["starts_and_joins", "starts_by_server"])
def test_file_that_starts_a_process_which_has_ended(sandbox: Sandbox, module: str) -> None:
    assert begun(sandbox, module) == ["a process that has ended"]


def test_file_that_leaves_a_zombie(sandbox: Sandbox) -> None:
    assert len(begun(sandbox, "leaves_a_zombie")) == 1


def test_file_that_ends_its_process_as_soon_as_it_is_loaded(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        os.kill(at.stage.outer_pid, signal.SIGKILL)
        until(lambda: not os.path.exists(f"/proc/{at.stage.outer_pid}"))
        Tree(at.stage).loaded()
        with pytest.raises(Finding) as told:
            at.submission.nothing()
    assert (told.value.verdict, told.value.facts) == (Verdict.CRASHED, {"how": "SIGKILL"})


# --- in a check


def test_nothing_is_left_where_nothing_was_started(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        tree = Tree(at.stage)
        tree.loaded()
        at.submission.nothing()
        at.submission.thread()
        assert (tree.left(), tree.has_started_any()) == ([], False)


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_child_is_left_until_it_has_been_joined(sandbox: Sandbox, method: str) -> None:
    with scene(sandbox) as at:
        tree = Tree(at.stage)
        tree.loaded()
        child = at.submission.child(at.probes.hold, method)
        seen = at.probes.next()
        assert tree.left() == [f"process {seen.pid} (alive)"]
        assert tree.has_started_any()
        seen.goes_on()
        child.join()
        assert tree.left() == []


def test_zombie_of_the_students_is_left(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        tree = Tree(at.stage)
        tree.loaded()
        pid = at.submission.fork_and_forget().value
        assert tree.left() == [f"process {pid} (ended, not waited for)"]
        at.submission.reap()
        assert (tree.left(), tree.has_started_any()) == ([], True)


def test_orphan_is_left_and_a_dead_one_is_not(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        tree = Tree(at.stage)
        tree.loaded()
        at.submission.dead_orphan()
        assert tree.left() == []
        at.submission.orphan()
        (told,) = tree.left()
        assert told.endswith("(alive)")


def test_what_was_there_before_does_not_count(sandbox: Sandbox) -> None:
    with scene(sandbox, "starts_a_child") as at:
        tree = Tree(at.stage)
        tree.loaded()
        assert tree.left() == []
        assert tree.left_now() == {}


def test_program_that_has_ended_was_started_all_the_same(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        tree = Tree(at.stage)
        tree.loaded()
        assert at.submission.program() == 0
        assert (tree.left(), tree.has_started_any()) == ([], True)
