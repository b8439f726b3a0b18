"""The nursery: multiprocessing's helpers are there without new interpreters, and without anything of the student's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from world import TIERS, Scene, linux, sandbox_with, scene

from grader.kernel import helpers, processes
from grader.walls.sandbox import Sandbox

pytestmark = linux

WORK = """
import multiprocessing, os, signal, socket
from multiprocessing import forkserver, resource_tracker

number = 0

def tell(connection):
    connection.send([os.getpid(), os.getppid(), number])

def start():
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=tell, args=(theirs,))
    process.start()
    told = ours.recv()
    process.join()
    return told, process.exitcode

def change():
    global number
    number = 5

def wait_for_any():
    start()
    os.wait()

def preload(*names):
    multiprocessing.set_forkserver_preload(list(names))

def end(name):
    pid = forkserver._forkserver._forkserver_pid if name == "server" else resource_tracker._resource_tracker._pid
    os.kill(pid, signal.SIGKILL)
    while os.path.exists(f"/proc/{pid}"):
        pass

def end_the_nursery():
    found = []
    while not found:  # it may just be on its way to its name
        found = [name for name in os.listdir("/proc") if name.isdigit() and is_nursery(name)]
    os.kill(int(found[0]), signal.SIGKILL)

def is_nursery(name):
    with open(f"/proc/{name}/cmdline") as file:
        return "nursery" in file.read()

def hang_up():
    for name in os.listdir("/proc/self/fd"):
        if os.path.exists(f"/proc/self/fd/{name}") and os.readlink(f"/proc/self/fd/{name}").startswith("socket"):
            end = socket.socket(fileno=int(name))
            if end.type != socket.SOCK_SEQPACKET:
                end.detach()
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with sandbox_with(TIERS[0], {"work.py": WORK}) as made:
        yield made


@pytest.fixture
def at(sandbox: Sandbox) -> Iterator[Scene]:
    with scene(sandbox, start_method="forkserver") as made:
        yield made


def helpers_of(at: Scene) -> dict[str, str | None]:
    """The helpers that are there, and whose children they are."""
    below = processes.below(at.stage.zygote.pid)
    roles = {pid: helpers.helper(pid, at.stage.nursery) for pid in below}
    return {role: roles.get(processes.stat(pid).parent, "the zygote") for pid, role in roles.items() if role}


def test_helpers_come_from_the_nursery(at: Scene) -> None:
    assert helpers_of(at) == {"nursery": "the zygote"}
    at.submission.start()
    assert helpers_of(at) == {"nursery": "the zygote", "resource tracker": "nursery", "fork server": "nursery"}


def test_under_spawn_the_tracker_alone(sandbox: Sandbox) -> None:
    with scene(sandbox, start_method="spawn") as at:
        assert at.submission.start().value[1] == 0
        assert helpers_of(at) == {"nursery": "the zygote", "resource tracker": "nursery"}


def test_under_fork_there_is_none(sandbox: Sandbox) -> None:
    with scene(sandbox, start_method="fork") as at:
        assert at.submission.start().value[1] == 0
        assert helpers_of(at) == {}


def test_child_has_the_module_anew(at: Scene) -> None:
    at.submission.change()
    (_, _, number), _ = at.submission.start().value
    assert number == 0


def test_child_is_the_servers(at: Scene) -> None:
    (pid, parent, _), code = at.submission.start().value
    assert (len({at.stage.pid, pid, parent}), code) == (3, 0)


def test_nothing_is_there_to_be_waited_for(at: Scene) -> None:
    assert at.submission.begin.wait_for_any().error().type == "ChildProcessError"


@pytest.mark.parametrize("name", ["server", "tracker"])
def test_helper_that_was_ended_is_replaced(at: Scene, name: str) -> None:
    at.submission.start()
    at.submission.end(name)
    assert at.submission.start().value[1] == 0
    assert helpers_of(at)["fork server"] == "nursery"


@pytest.mark.parametrize("function", ["end_the_nursery", "hang_up"])
def test_without_a_nursery_interpreters_are_started_as_ever(at: Scene, function: str) -> None:
    getattr(at.submission, function)()
    assert at.submission.start().value[1] == 0
    assert helpers_of(at)["fork server"] is None


def test_server_imports_what_it_is_told_to(at: Scene) -> None:
    at.submission.change()
    at.submission.preload("json", "work")
    (_, _, number), code = at.submission.start().value
    assert (number, code) == (0, 0)


def test_nothing_is_left_of_it(sandbox: Sandbox) -> None:
    with scene(sandbox, start_method="forkserver") as at:
        at.submission.start()
        zygote = at.stage.zygote.pid
    sandbox.clear()
    assert processes.below(zygote) == []
