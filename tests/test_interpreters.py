"""Stages without fork, /proc and Unix sockets, as macOS and Windows have them: who checks in, and what is not asked."""

from __future__ import annotations

import os
import socket

import psutil
import pytest
import results
from interpreted import at_work, sandbox, without_kernel
from world import Scene, linux, scene, until

from grader import systems
from grader.course import load
from grader.finding import Broken, NotHere
from grader.handles.tree import Tree
from grader.harness import wire
from grader.kernel import peers
from grader.options import ALL, status_of
from grader.result import SYSTEM, CheckResult, ExerciseResult, State, Verdict
from grader.walls import interpreters
from grader.walls.interpreters import MARK, Interpreters
from grader.words import explain, gist

__all__ = ["at_work", "sandbox", "without_kernel"]

pytestmark = linux


def test_the_kernel_tells_here_and_a_sandbox_is_the_usual_one() -> None:
    assert systems.KERNEL_TELLS
    assert type(interpreters.made("none")) is not Interpreters


def test_a_stage_answers_and_its_output_is_kept(at_work: Scene) -> None:
    assert at_work.submission.answer([1, "two"]) == [1, "two"]
    at_work.submission.prints()
    at_work.submission.answer(0)
    assert at_work.stage.output.text() == "one\ntwo\n"


def test_no_key_stands_on_a_command_line_or_in_an_environment(at_work: Scene, sandbox: Interpreters) -> None:
    process = psutil.Process(at_work.stage.pid)
    key = sandbox.address.rpartition(":")[2]
    seen = " ".join([*process.cmdline(), *process.environ().values()])

    assert len(key) == 32
    assert key not in seen
    assert process.environ()[MARK] in seen


def test_each_stage_has_another_key(sandbox: Interpreters) -> None:
    with scene(sandbox):
        first = sandbox.address
    with scene(sandbox):
        assert sandbox.address != first


def test_a_child_checks_in_and_is_known(at_work: Scene) -> None:
    at_work.submission.start(at_work.probes.hold)
    child = at_work.probes.next()

    assert (child.in_main_process, child.parent_pid, child.alive) == (False, at_work.stage.pid, True)
    assert child.name.value.startswith("SpawnProcess")
    child.goes_on()
    child.ended()
    assert child.state == "zombie"


def test_a_thread_checks_in_and_is_known(at_work: Scene) -> None:
    at_work.submission.in_thread(at_work.probes.note)
    seen = at_work.probes.next()

    assert (seen.in_main_process, seen.in_main_thread) == (True, False)


def test_forged_check_ins_are_refused(at_work: Scene, sandbox: Interpreters) -> None:
    assert at_work.submission.whispers(sandbox.address) == "all refused"
    assert at_work.probes.seen == []


def test_one_outside_is_refused_although_it_has_the_key(at_work: Scene, sandbox: Interpreters) -> None:
    _, port, key = sandbox.address.split(":")
    told = {"probe": "note", "pid": os.getpid(), "thread": os.getpid(), "args": {"tuple": []}, "kwargs": {"dict": []},
            "name": "x", "daemon": False, "caller": None}  # fmt: skip
    with socket.create_connection(("127.0.0.1", int(port))) as connection:
        connection.sendall(key.encode() + b"\n" + wire.line(told))
        heard = to_the_end(at_work, connection)
    assert heard == peers.WELCOME
    assert at_work.probes.seen == []


def to_the_end(at_work: Scene, connection: socket.socket) -> bytes:
    """What the judge says until it hangs up."""
    heard = b""
    connection.setblocking(False)

    def is_over() -> bool:
        nonlocal heard
        at_work.stage.loop.pump(0.1)
        try:
            said = connection.recv(100)
        except BlockingIOError:
            return False
        except ConnectionResetError:
            said = b""
        heard += said
        return not said

    until(is_over)
    return heard


def test_what_only_linux_tells_is_not_asked(at_work: Scene) -> None:
    with pytest.raises(NotHere):
        Tree(at_work.stage).peak()


def test_what_is_not_asked_costs_no_point() -> None:
    common = {"function": "f", "section": "7.3"}
    asked = CheckResult(id="check_a", verdict=Verdict.PASSED, points=2, max_points=2, **common)
    not_asked = CheckResult(id="check_b", verdict=Verdict.SKIPPED, because=SYSTEM, **common)
    result = results.empty()
    result.exercises = [ExerciseResult(id="ex01_first_process", state=State.GRADED, checks=[asked, not_asked])]
    result.complete = True
    result.add_up()

    assert (result.score, result.max_score, status_of(result)) == (2, 2, ALL)
    assert gist.is_whole(result.exercises[0])
    assert explain.causes(not_asked, load(), "en") == [load().words["told_system"].en]


def test_no_stage_is_broken(sandbox: Interpreters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreters, "BEGIN", "raise SystemExit(3)  # {kit}")
    with pytest.raises(Broken):
        sandbox.open(None)
