"""The timeline: what the kernel showed of each process stands in it, in order, and says who says so."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from world import Scene, linux, sandbox_with, scene

from grader.handles import ended, timeline
from grader.result import Event, Waiting
from grader.walls.sandbox import Sandbox
from grader.walls.tiers import choose

pytestmark = linux
WORK = """
import multiprocessing, os

def run(target, name=None):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    process.join()
    return process.exitcode

def begin(target):
    multiprocessing.Process(target=target).start()

def begin_daemon(target):
    multiprocessing.Process(target=target, daemon=True).start()

def run_two(target):
    run(target)
    run(target)

def run_both(target):
    both = [multiprocessing.Process(target=target) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()

def fail():
    raise ValueError("no")

def fork_many(number):
    for _ in range(number):
        if os.fork() == 0:
            os._exit(0)
        os.wait()
"""


def tells_exit_codes() -> bool:
    """Whether this kernel tells how a process has ended that was waited for (from 6.15 on)."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    pidfd = os.pidfd_open(pid)
    os.waitpid(pid, 0)
    told = ended.status_of(pidfd)
    os.close(pidfd)
    return told is not None


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with sandbox_with(choose("auto"), {"work.py": WORK}) as made:
        yield made


@pytest.fixture
def at(sandbox: Sandbox) -> Iterator[Scene]:
    with scene(sandbox, start_method="fork") as made:
        yield made


def events_of(at: Scene, pid: int) -> list[Event]:
    at.stage.timeline.close()
    return [event for event in at.stage.timeline.events if event.pid == pid]


def test_life_of_a_child(at: Scene) -> None:
    call = at.submission.begin.run(at.probes.hold, "writer")
    child = at.probes.next()
    child.goes_on()
    call.result()
    events = events_of(at, child.pid)
    assert [each.kind for each in events] == ["born", "checked_in", "held", "released", "ended", "reaped"]
    assert [each.by for each in events] == ["kernel", "kernel", "kernel", "check", "kernel", "kernel"]
    assert events[0].parent_pid == at.submission.pid
    assert events[-1].who == "process writer"
    assert events[4].detail == "0" or not tells_exit_codes()
    assert [each.at_s for each in events] == sorted(each.at_s for each in events)


def test_child_that_was_waited_for_is_gone_before_the_call_returns(at: Scene) -> None:
    at.submission.run(at.probes.note)
    at.stage.timeline.close()
    kinds = [event.kind for event in at.stage.timeline.events]
    assert kinds[-3:] == ["ended", "reaped", "returned"]


def test_child_is_born_after_the_call_that_starts_it(at: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_waiting = at.stage.timeline.begins
    monkeypatch.setattr(at.stage.timeline, "begins", lambda *told: (at.stage.settle(), kept_waiting(*told)))
    at.submission.begin.begin(at.probes.hold)
    child = at.probes.next()
    child.goes_on()
    at.stage.timeline.close()
    kinds = [(event.kind, event.pid) for event in at.stage.timeline.events]
    assert kinds.index(("called", at.submission.pid)) < kinds.index(("born", child.pid))


def test_main_waits_for_its_child_while_that_is_held(at: Scene) -> None:
    call = at.submission.begin.run(at.probes.hold)
    child = at.probes.next()
    at.stage.settle()
    child.goes_on()
    call.result()
    events = events_of(at, at.submission.pid)
    assert [each.kind for each in events] == ["born", "called", "waits", "returned"]
    assert [each.detail for each in events] == [None, "run", "child_end", "run"]
    assert [each.by for each in events] == ["kernel", "check", "kernel", "code"]


def test_main_that_waits_for_the_next_call_is_said_to(at: Scene) -> None:
    at.submission.begin.begin(at.probes.hold).result()
    child = at.probes.next()
    at.stage.settle()
    child.goes_on()
    events = events_of(at, at.submission.pid)
    assert [each.kind for each in events] == ["born", "called", "returned", "waits"]
    assert events[-1].detail == "next_call"


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_who_is_started_after_a_join_is_born_after_it(sandbox: Sandbox, method: str) -> None:
    with scene(sandbox, start_method=method) as at:
        starts_one_after_the_other(at)


def starts_one_after_the_other(at: Scene) -> None:
    call = at.submission.begin.run_two(at.probes.hold)
    first = at.probes.next()
    at.stage.settle()
    first.goes_on()
    second = at.probes.next()
    second.goes_on()
    call.result()
    at.stage.timeline.close()
    kinds = [(event.kind, event.pid) for event in at.stage.timeline.events]
    order = [("waits", at.submission.pid), ("released", first.pid), ("ended", first.pid), ("reaped", first.pid)]
    assert [kinds.index(each) for each in order] == sorted(kinds.index(each) for each in order)
    assert kinds.index(("reaped", first.pid)) < kinds.index(("born", second.pid))


def test_who_was_started_before_the_join_is_born_before_it(at: Scene) -> None:
    call = at.submission.begin.run_both(at.probes.hold)
    one, other = at.probes.take(2)
    at.stage.settle()
    one.goes_on()
    other.goes_on()
    call.result()
    at.stage.timeline.close()
    kinds = [(event.kind, event.pid) for event in at.stage.timeline.events]
    assert kinds.index(("born", other.pid)) < kinds.index(("released", one.pid))


def test_whom_the_main_process_waited_for_at_its_end_went_before_it(at: Scene) -> None:
    at.submission.begin_daemon(at.probes.hold)
    child = at.probes.next()
    at.submission.main_process_ends("exits")
    at.stage.timeline.close()
    kinds = [(event.kind, event.pid) for event in at.stage.timeline.events]
    assert kinds[-3:] == [("ended", child.pid), ("reaped", child.pid), ("ended", at.submission.pid)]


@pytest.mark.parametrize(("order", "told"), [("exits", "7"), ("ends_by", "SIGKILL")])
def test_end_tells_how(at: Scene, order: str, told: str) -> None:
    call = at.submission.begin.run(at.probes.hold)
    child = at.probes.next()
    getattr(child, order)(7 if order == "exits" else signal.SIGKILL)
    call.result()
    ends = [each.detail for each in events_of(at, child.pid) if each.kind == "ended"]
    assert ends == [told] or not tells_exit_codes()


def test_who_has_ended_and_is_not_waited_for_is_not_reaped(at: Scene) -> None:
    at.submission.begin.begin(at.probes.hold).result()
    child = at.probes.next()
    child.exits(3)
    child.ended()
    events = events_of(at, child.pid)
    assert [each.kind for each in events][-1] == "ended"
    assert events[-1].detail == "3"


@pytest.mark.thorough
def test_parent_under_a_fork_server_is_said_by_the_code(sandbox: Sandbox) -> None:
    with scene(sandbox, start_method="forkserver") as at:
        call = at.submission.begin.run(at.probes.hold)
        child = at.probes.next()
        child.goes_on()
        call.result()
        born = events_of(at, child.pid)[0]
    assert (born.kind, born.parent_pid, born.by) == ("born", at.submission.pid, "code")


def test_call_that_raises(at: Scene) -> None:
    at.submission.begin.fail().error()
    assert [each.kind for each in events_of(at, at.submission.pid)] == ["born", "called", "raised"]


def test_standstill(at: Scene) -> None:
    at.stage.timeline.stands_still(
        [
            Waiting(who="main", pid=1, waits_for="join", on="process writer", line=3),
            Waiting(who="process writer", pid=2, waits_for="held"),
        ]
    )
    last = at.stage.timeline.events[-1]
    assert (last.kind, last.detail, last.on, last.line) == ("waits", "join", "process writer", 3)


def test_end_of_the_main_process_tells_how(at: Scene) -> None:
    at.submission.main_process_ends("raises")
    assert [each.detail for each in events_of(at, at.submission.pid) if each.kind == "ended"] in (["1"], [None])


def test_it_stays_small_and_leaves_nothing_open(sandbox: Sandbox) -> None:
    before = os.listdir("/proc/self/fd")
    with scene(sandbox) as at:
        at.submission.begin.fork_many(60).result()
        for _ in range(300):
            at.stage.timeline.note("waits", 1, "main")
    assert len(at.stage.timeline.events) == timeline.MOST_EVENTS
    assert len(os.listdir("/proc/self/fd")) == len(before)


def test_wait_status_as_a_fact() -> None:
    assert [ended.how(status) for status in (0, 3 << 8, signal.SIGTERM, 139, 64)] == [
        "0", "3", "SIGTERM", "SIGSEGV", "SIGRTMAX",
    ]  # fmt: skip


def test_exit_status_of_who_is_not_reaped_is_not_known() -> None:
    pidfd = os.pidfd_open(os.getpid())
    assert ended.status_of(pidfd) is None
    os.close(pidfd)
