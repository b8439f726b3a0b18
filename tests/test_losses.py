"""Losses in a sandbox: whatever a check kills or stops costs that check alone, and the next has a sandbox again."""

from __future__ import annotations

import marshal
import os
import signal
from typing import Any

import pytest
from sandboxed import own, strongest, tier
from world import linux, scene

from grader.finding import Broken, Finding
from grader.handles.stage import Stage
from grader.kernel import processes
from grader.walls import sandbox as sandboxes
from grader.walls import starting
from grader.walls import zygote as zygotes
from grader.walls.sandbox import Sandbox
from grader.walls.zygote import Zygote

__all__ = ["own", "strongest", "tier"]

pytestmark = linux


def test_stage_that_kills_everyone_costs_its_own_check_alone(own: Sandbox) -> None:
    if own.tier == "none":
        pytest.skip("without walls that is everyone indeed")
    if own.tier == "landlock" and os.geteuid() != 0:
        pytest.skip("without a user of its own that is everyone indeed")
    with scene(own) as at, pytest.raises(Finding) as finding:
        at.submission.kill_everyone()
        at.submission.nothing()
    assert finding.value.cause == "died"
    with scene(own) as at:
        assert at.submission.nothing() == None  # noqa: E711
    own.stop()
    if own.tier == "landlock":  # the one who did it outlives its zygote, and has no PID namespace to end with
        assert [pid for pid in os.listdir("/proc") if pid.isdigit() and is_of(pid, own.uid)] == []


def is_of(pid: str, uid: int | None) -> bool:
    """Whether the process `pid` is one of the user `uid`, and has not ended."""
    try:
        return os.stat(f"/proc/{pid}").st_uid == uid and processes.is_alive(int(pid))
    except FileNotFoundError:
        return False


def test_stage_that_kills_its_parent_costs_its_own_check_alone(own: Sandbox) -> None:
    with scene(own) as at:
        try:
            at.submission.kill_parent()
            at.submission.nothing()
        except Finding as finding:
            assert finding.cause == "died"
    with scene(own) as at:
        assert at.submission.nothing().value is None


def test_lost_zygote_is_replaced(own: Sandbox) -> None:
    first = own.ready()
    os.kill(first.pid, signal.SIGKILL)
    with scene(own) as at:
        assert at.submission.nothing().value is None
    assert own.starts == 2
    assert own.ready().pid != first.pid


def test_zygote_that_is_lost_in_a_check_ends_it(strongest: Sandbox) -> None:
    with scene(strongest) as at:
        call = at.submission.begin.listed(strongest.scratch)
        call.result()
        os.kill(strongest.ready().pid, signal.SIGKILL)
        with pytest.raises(Finding) as finding:
            at.stage.wait_for(lambda: False)
    assert finding.value.cause == "died"
    with scene(strongest) as at:
        assert at.submission.nothing().value is None
    assert strongest.starts == 2


CODE = marshal.dumps(compile(f"x, more = 5, {bytes(500_000)!r}", "work.py", "exec"))  # more than a socket takes in


def test_zygote_that_is_stopped_takes_in_what_to_preload_once_it_goes_on(own: Sandbox) -> None:
    if own.tier == "bubblewrap":
        pytest.skip("nobody inside can stop it")
    with scene(own) as at:
        at.submission.nothing()
    os.kill(own.ready().pid, signal.SIGSTOP)
    own.preload("work", CODE)
    with scene(own) as at:
        assert at.submission.value("x") == 5
    assert own.starts == 1


def test_zygote_that_takes_nothing_in_is_replaced(own: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    with scene(own) as at:
        at.submission.nothing()
    os.kill(own.ready().pid, signal.SIGSTOP)
    with monkeypatch.context() as patched:
        patched.setattr(Zygote, "wake", lambda self: None)
        patched.setattr(zygotes, "PATIENCE_S", 0)  # nor does it leave by itself
        patched.setitem(sandboxes.NETS_S, "stage", 0.01)
        own.preload("work", CODE)
    with scene(own) as at:
        assert at.submission.value("x") == 5
    assert own.starts == 2


def test_sandbox_that_cannot_be_started_anew_is_our_failure(own: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> starting.Started:
        raise Broken("no walls today")

    with monkeypatch.context() as patched:
        patched.setattr(starting, "behind_walls", fail)
        with pytest.raises(Broken, match="no walls today"):
            own.restart()
        with pytest.raises(Broken, match="could not be started anew"):
            own.ready()
        for ask in (own.clear, lambda: own.open(None)):
            with pytest.raises(Broken, match="no walls today"):
                ask()
    with scene(own) as at:
        assert at.submission.nothing().value is None


def test_zygote_that_never_comes_is_our_failure(strongest: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.walls.starting.BEGIN", "raise SystemExit('it does not like it here')")
    strongest.restart()
    with pytest.raises(Broken, match="it does not like it here"), Stage(strongest):
        pass
    monkeypatch.undo()
    strongest.restart()
    with scene(strongest) as at:
        assert at.submission.nothing().value is None
