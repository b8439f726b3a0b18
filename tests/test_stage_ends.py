"""How a stage ends, or does not: what is told of it, and that nothing is left of one that cannot be begun."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest
from staged import finding, sandbox
from world import linux, nothing_left, scene

from grader.finding import Broken, Finding
from grader.handles import ended
from grader.handles import stage as stages
from grader.handles.stage import Settled, Stage
from grader.kernel import processes
from grader.kernel.standstill import Halt
from grader.limits import Limits
from grader.result import Verdict
from grader.walls.sandbox import Sandbox
from grader.walls.zygote import Line

__all__ = ["sandbox"]

pytestmark = linux


# --- its end


@pytest.mark.parametrize(
    ("how", "told"), [(0, "exit code 0"), (3, "exit code 3"), (-9, "SIGKILL"), (-11, "SIGSEGV"), (-40, "signal 40")]
)
def test_end_of_a_stage_is_told_as_the_kernel_saw_it(sandbox: Sandbox, how: int, told: str) -> None:
    with scene(sandbox) as at:
        at.submission.begin.say("last words").result()
        found = finding(at.submission.ends, how)
    assert (found.verdict, found.cause, found.facts) == (Verdict.CRASHED, "died", {"how": told})
    assert at.stage.output.text() == "last words\n"


def test_every_later_request_is_answered_by_the_same_end(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        finding(at.submission.ends, 7)
        assert finding(at.submission.echo, 1).facts == {"how": "exit code 7"}


@pytest.mark.parametrize(("how", "code"), [("returns", 0), ("exits", 0), ("raises", 1)])
def test_main_program_ends_as_it_is_told_to(sandbox: Sandbox, how: str, code: int) -> None:
    with scene(sandbox) as at:
        at.submission.say("the last call")
        at.submission.main_process_ends(how)
        assert not processes.is_alive(at.stage.outer_pid)
        at.stage.until(lambda: at.stage.pid in sandbox.ends)
        assert os.waitstatus_to_exitcode(sandbox.ends[at.stage.pid]) == code


def test_main_program_that_cannot_end_is_stuck(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        at.submission.stays()
        found = finding(at.submission.main_process_ends, "returns")
    assert (found.verdict, found.hang) == (Verdict.STUCK, "settled")


def test_main_program_that_ended_before_is_told(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        finding(at.submission.ends, 7)
        assert finding(at.submission.main_process_ends, "returns").cause == "died"


# --- what does not end


def test_what_waits_for_good_is_stuck(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        call = at.submission.begin.waits_for_good()
        assert call.state() == "waits"
        found = finding(call.result)
    assert (found.verdict, found.cause, found.hang) == (Verdict.STUCK, "stuck", "settled")


def test_whoever_waits_with_a_limit_may_give_up_yet(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "SETTLE_S", 0.01)
    with scene(sandbox) as at:
        assert at.submission.begin.gives_up(0.3).state() == "returned"


def test_busy_loop_is_told_by_its_cpu_time(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        found = finding(at.submission.busy)
    assert (found.verdict, found.cause, found.hang) == (Verdict.STUCK, "busy", "busy")


def test_whoever_asks_without_a_pause_waits_until_nobody_can_answer_any_more(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        call = at.submission.begin.busy()
        assert call.state() == "waits"
        found = finding(call.result)
    assert (found.verdict, found.cause, found.hang) == (Verdict.STUCK, "busy", "busy")


def test_too_much_memory_is_told(sandbox: Sandbox) -> None:
    with scene(sandbox) as at:
        at.stage.watch.limits = Limits(total_memory_mb=60, cpu_s=30)
        found = finding(at.submission.eats)
    assert (found.verdict, found.cause, found.hang) == (Verdict.CRASHED, "memory", None)


def test_standstill_is_told_by_its_best_name(sandbox: Sandbox) -> None:
    def name_it() -> None:
        raise Finding(cause="a better name")

    with scene(sandbox) as at:
        at.stage.overdue = name_it
        assert finding(at.submission.waits_for_good).cause == "a better name"
        with pytest.raises(Settled):
            at.stage.until(lambda: False)
        at.stage.settle()


@pytest.mark.parametrize("kind", ["settled", "busy", "asleep", "patience", "memory"])
def test_every_halt_is_a_finding(kind: str) -> None:
    found = stages.stuck(Halt(kind, "calls"))
    assert found.verdict is (Verdict.CRASHED if kind == "memory" else Verdict.STUCK)
    assert found.hang == (None if kind == "memory" else kind)


@pytest.mark.parametrize(
    ("status", "told"), [(0, "exit code 0"), (256, "exit code 1"), (signal.SIGTERM, "SIGTERM"), (139, "SIGSEGV")]
)
def test_wait_status_in_words(status: int, told: str) -> None:
    assert ended.in_words(status) == told


# --- what cannot be begun to its end


def test_nothing_is_left_of_a_stage_that_is_not_to_be_had(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(start_method: str | None) -> Line:
        raise Broken("no stage today")

    monkeypatch.setattr(sandbox, "open", fail)
    with nothing_left(), pytest.raises(Broken) as failed, Stage(sandbox, "work"):
        pass
    assert failed.tb is not None  # what it keeps alive closes nothing


def test_nothing_is_left_of_a_stage_that_cannot_be_attended_to(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any, **names: Any) -> None:
        raise Broken("no watch today")

    starts, zygote = sandbox.starts, sandbox.ready().pid
    monkeypatch.setattr(stages, "Watch", fail)
    with nothing_left(), pytest.raises(Broken) as failed, Stage(sandbox, "work"):
        pass
    assert failed.tb is not None
    assert processes.below(zygote) == []
    monkeypatch.undo()
    with scene(sandbox) as at:
        assert at.submission.echo(5) == 5
    assert sandbox.starts == starts


def test_stage_whose_sandbox_cannot_be_cleared_hangs_up_all_the_same(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise Broken("not cleared")

    monkeypatch.setattr(sandbox, "clear", fail)
    with nothing_left(), pytest.raises(Broken) as failed, Stage(sandbox, "work"):
        pass
    assert failed.tb is not None
    monkeypatch.undo()
    sandbox.clear()
