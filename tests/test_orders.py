"""Orders to a held process: each is carried out, and what goes wrong there is a finding."""

from __future__ import annotations

import os
import select
import signal
import socket
from typing import Any

import pytest
from probed import at, cause, sandbox
from world import Scene, linux

from grader.finding import Finding
from grader.harness import wire
from grader.harness.probe import _Line
from grader.result import Verdict

__all__ = ["at", "sandbox"]

pytestmark = linux


@pytest.mark.parametrize("value", [5, "进程", (1, [2.5, {"a": b"x"}]), None, float("inf"), {1, 2}], ids=repr)
def test_call_returns_what_it_is_ordered_to(at: Scene, value: Any) -> None:
    call = at.submission.begin.call_and_tell(at.probes.hold)
    at.probes.next().returns(value)
    assert call.result() == ["returned", value]


@pytest.mark.parametrize("kind", ["ValueError", "StopIteration", "KeyboardInterrupt", "OSError"])
def test_call_raises_what_it_is_ordered_to(at: Scene, kind: str) -> None:
    call = at.submission.begin.call_and_tell(at.probes.hold)
    at.probes.next().raises(kind, "文")
    assert call.result() == [kind, "文"]


def test_process_ends_as_it_is_ordered_to(at: Scene) -> None:
    statuses = []
    for order in (
        lambda seen: seen.exits(7),
        lambda seen: seen.ends_by(signal.SIGTERM),
        lambda seen: seen.ends_by(signal.SIGKILL),
        lambda seen: seen.raises("ValueError", "x"),
    ):
        child = at.submission.process(at.probes.hold)
        order(at.probes.next())
        statuses.append(at.submission.join(child).value)
    assert statuses == [7, -15, -9, 1]


def test_process_that_ignores_a_signal_outlives_it(at: Scene) -> None:
    child = at.submission.process(at.probes.hold)
    seen = at.probes.next()
    seen.ignores("SIGTERM")
    child.terminate()
    assert (seen.reads("number") == 1, seen.alive) == (True, True)
    seen.ends_by(signal.SIGTERM)
    assert at.submission.join(child) == -15


def test_signal_that_is_caught_is_told_and_ends_nobody(at: Scene) -> None:
    child = at.submission.process(at.probes.hold)
    seen = at.probes.next()
    seen.catches("SIGTERM")
    child.terminate()
    assert seen.was_sent("SIGKILL") is False
    seen.is_sent("SIGTERM")
    assert seen.was_sent("SIGTERM") is True
    assert seen.alive
    seen.exits(7)
    assert at.submission.join(child) == 7


def test_signal_that_is_blocked_is_found_at_the_end_though_another_follows_at_once(at: Scene) -> None:
    child = at.submission.process(at.probes.hold)
    seen = at.probes.next()
    seen.blocks("SIGTERM")
    child.terminate()
    assert (seen.alive, seen.was_sent("SIGTERM")) == (True, False)
    child.kill()
    seen.ended()
    assert (seen.was_sent("SIGTERM"), seen.was_sent("SIGHUP")) == (True, False)
    assert at.submission.join(child) == -9


def test_signals_that_come_just_before_the_wait_end_it_and_are_told_once() -> None:
    judge, connection = socket.socketpair()
    line = _Line(connection)
    before = signal.getsignal(signal.SIGUSR1)
    try:
        line.catches({"signal": signal.SIGUSR1})
        signal.raise_signal(signal.SIGUSR1)
        signal.raise_signal(signal.SIGUSR1)
        assert select.select([line.bell], [], [], 0)[0] == [line.bell]
        judge.sendall(wire.line({"order": "goes_on"}))
        assert line.hear() == {"order": "goes_on"}
        assert judge.recv(100) == wire.line({"caught": int(signal.SIGUSR1)})
    finally:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGUSR1, before)


@pytest.mark.parametrize(("method", "told"), [("is_alive", "not_killed"), ("kill", "not_asked")])
def test_signal_that_does_not_come_is_a_finding(at: Scene, method: str, told: str) -> None:
    child = at.submission.process(at.probes.hold)
    seen = at.probes.next()
    seen.catches("SIGTERM")
    getattr(child, method)()
    with pytest.raises(Finding) as caught:
        seen.is_sent("SIGTERM")
    assert cause(caught) == told


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_held_process_calls_and_reads_the_submission(at: Scene, method: str) -> None:
    at.submission.set_number(2)
    at.submission.process(at.probes.hold, method)
    seen = at.probes.next()
    assert seen.reads("number") == (2 if method == "fork" else 1)
    assert seen.calls("add", [1], [2]) == [1, 2]
    seen.calls("set_number", 3)
    assert (seen.reads("number") == 3, at.submission.value("number") == 2) == (True, True)
    assert seen.is_held


@pytest.mark.parametrize(
    ("ask", "name", "kind"),
    [(lambda seen: seen.calls("fails"), "raised", "ValueError"),
     (lambda seen: seen.calls("nothing"), "no_such_function", "AttributeError"),
     (lambda seen: seen.calls("looks_for_more"), "raised", "AttributeError"),
     (lambda seen: seen.calls("is_a_stub"), "not_written", "NotImplementedError"),
     (lambda seen: seen.reads("nothing"), "no_such_global", "AttributeError"),
     (lambda seen: seen.calls("add", 1, "a"), "raised", "TypeError")],
)  # fmt: skip
def test_what_goes_wrong_in_a_held_process_is_a_finding(at: Scene, ask: Any, name: str, kind: str) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    with pytest.raises(Finding) as caught:
        ask(seen)
    assert (cause(caught), caught.value.facts["type"]) == (name, kind)
    assert seen.is_held


def test_answer_that_no_harness_gives_is_a_finding(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    with pytest.raises(Finding) as caught:
        seen.calls("answer_oddly")
    assert (cause(caught), caught.value.verdict) == ("died", Verdict.CRASHED)


def test_question_to_one_that_has_ended_is_a_finding(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    os.kill(seen._outer, signal.SIGKILL)
    seen.ended()
    with pytest.raises(Finding) as caught:
        seen.reads("number")
    assert (caught.value.verdict, caught.value.cause) == (Verdict.CRASHED, "died")
    seen.goes_on()  # which nobody hears


def test_order_holds_plain_data_only(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    with pytest.raises(TypeError, match="plain data"):
        seen.returns(object())
