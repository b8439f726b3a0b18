"""Probes from outside: who is an observation, and in which order they are taken."""

from __future__ import annotations

import msgspec
import pytest
from probed import at, cause, sandbox
from world import Scene, linux

from grader.finding import Finding

__all__ = ["at", "sandbox"]

pytestmark = linux


# --- observations


def test_call_in_the_stage_itself_is_seen_as_such(at: Scene) -> None:
    call = at.submission.begin.call(at.probes.hold, 5, "a")
    seen = at.probes.next()
    assert (seen.pid, seen.in_main_process, seen.thread_id) == (at.submission.pid, True, at.submission.pid)
    assert seen.args == (5, "a")
    assert seen.kwargs == {}
    assert (seen.name == "MainProcess", seen.daemon == False, seen.caller_pid) == (True, True, None)  # noqa: E712
    assert (seen.alive, seen.state, seen.is_held, call.has_returned) == (True, "alive", True, False)
    seen.goes_on()
    assert call.result().value is None
    assert not seen.is_held


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_child_is_seen_with_its_parent_and_its_name(at: Scene, method: str) -> None:
    child = at.submission.process(at.probes.hold, method, "Otto 进程", [1, 2])
    seen = at.probes.next()
    assert seen.pid == child.pid.value != at.submission.pid
    assert (seen.in_main_process, seen.started_by) == (False, at.submission.pid)
    assert (seen.parent_pid == at.submission.pid) == (method != "forkserver")
    assert seen.name == "Otto 进程"
    assert seen.args == (1, 2)
    assert child.is_alive() == seen.alive
    seen.goes_on()
    seen.ended()
    assert at.submission.join(child) == 0


def test_grandchild_is_seen_as_somebody_elses_child(at: Scene) -> None:
    at.submission.begin.grandchild(at.probes.hold)
    seen = at.probes.next()
    assert seen.in_main_process is False
    assert seen.started_by != at.submission.pid


def test_threads_are_told_apart(at: Scene) -> None:
    call = at.submission.begin.threads(at.probes.hold, 3)
    seen = at.probes.take(3)
    assert len({each.thread_id for each in seen}) == 3
    assert {each.pid for each in seen} == {at.submission.pid}
    assert not any(each.in_main_thread for each in seen)
    assert sorted(each.args[0].value for each in seen) == [0, 1, 2]
    for each in seen:
        each.goes_on()
    assert call.result().value not in {each.thread_id for each in seen}


def test_probe_that_notes_does_not_hold(at: Scene) -> None:
    assert at.submission.call_with_names(at.probes.note, "x").value is None
    seen = at.probes.next()
    assert seen.args == ("x",)
    assert seen.kwargs == {"name": "x"}
    assert (seen.probe, seen.is_held) == ("note", False)


def test_odd_arguments_are_told_by_what_they_are(at: Scene) -> None:
    at.submission.begin.call_oddly(at.probes.hold)
    seen = at.probes.next()
    assert repr(seen.args) == (
        "(<an object of class Odd, made from int>, <the hold that the check gave>, "
        "<an object of class builtin_function_or_method>, <an object of class object>)"
    )
    assert seen.args != (1,)


@pytest.mark.parametrize("name", ["\ud800", "x" * 100_000, "\x00\n", ""], ids=["half a pair", "long", "odd", "empty"])
def test_whatever_a_process_is_called_the_timeline_can_be_written(at: Scene, name: str) -> None:
    at.submission.process(at.probes.note, None, name)
    seen = at.probes.next()
    assert seen.name == name or name == ""
    assert len(msgspec.json.encode(at.stage.timeline.events)) < 2_000


def test_end_is_the_kernels_word(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    assert seen.state == "alive"
    seen.goes_on()
    seen.ended()
    assert (seen.alive, seen.state) == (False, "zombie")
    at.submission.wait()
    assert (seen.alive, seen.state) == (False, "gone")


def test_held_process_that_should_end_is_not_waited_for_for_ever(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    seen = at.probes.next()
    with pytest.raises(Finding) as caught:
        seen.ended()
    assert cause(caught) == "not_killed"


# --- next, take, none_more


def test_check_ins_are_taken_in_their_order_and_once(at: Scene) -> None:
    for number in range(4):
        at.submission.call(at.probes.note, number)
    assert at.probes.next().args == (0,)
    assert [each.args[0].value for each in at.probes.take(2)] == [1, 2]
    assert [each.args[0].value for each in at.probes.waiting()] == [3]
    assert at.probes.take(0) == []
    assert at.probes.next().args == (3,)
    assert at.probes.waiting() == []
    assert at.probes.none_more() is True


def test_all_that_are_taken_are_there_at_once(at: Scene) -> None:
    call = at.submission.begin.processes(at.probes.hold, 4)
    seen = at.probes.take(4)
    assert all(each.is_held and each.alive for each in seen)
    assert sorted(each.args[0].value for each in seen) == [0, 1, 2, 3]
    assert not call.has_returned
    for each in seen:
        each.goes_on()
    assert call.result().value is None


def test_too_few_at_once_is_a_finding_and_not_a_wait(at: Scene) -> None:
    at.submission.begin.threads(at.probes.hold, 2)
    with pytest.raises(Finding) as caught:
        at.probes.take(3)
    assert caught.value.hang == "settled"
    assert at.probes.wanted == 0  # or what the check waits for next would be told as a call that is missing


def test_check_ins_are_taken_by_what_they_were_called_with(at: Scene) -> None:
    for item in ["b", "a", "b"]:
        at.submission.call(at.probes.note, item)
    assert [each.args[0].value for each in at.probes.take_for(["a", "b", "b"])] == ["a", "b", "b"]
    at.submission.call(at.probes.note, "c")
    with pytest.raises(Finding) as caught:
        at.probes.take_for(["a"])
    assert (cause(caught), caught.value.seen) == ("wrong_arguments_for_target", "[('c',)]")


def test_only_one_of_many_is_held(at: Scene) -> None:
    at.probes.hold_only(1)
    call = at.submission.begin.processes(at.probes.hold, 3)
    seen = at.probes.next()
    assert seen.args == (1,)
    assert (call.state(), at.probes.waiting()) == ("waits", [])
    seen.goes_on()
    assert call.result().value is None


def test_one_more_is_a_finding_and_none_is_none(at: Scene) -> None:
    at.submission.fork(at.probes.note)
    at.probes.next()
    assert at.probes.none_more() is True
    at.submission.call(at.probes.note, 7)
    with pytest.raises(Finding) as caught:
        at.probes.none_more()
    assert (cause(caught), caught.value.expected) == ("extra_call", "no further call")
    assert f"a call by process {at.submission.pid} with (7,)" == caught.value.seen


def test_one_more_while_another_is_held_did_not_wait(at: Scene) -> None:
    at.submission.fork(at.probes.hold)
    at.probes.next()
    at.submission.begin.call(at.probes.hold)
    with pytest.raises(Finding) as caught:
        at.probes.none_more()
    assert cause(caught) == "did_not_wait"


def test_arguments_are_those_of_all_calls(at: Scene) -> None:
    call = at.submission.begin.processes(at.probes.note, 3)
    assert sorted(each[0].value for each in at.probes.arguments()) == [0, 1, 2]
    assert at.probes.arguments() == []
    call.result()


def test_next_one_here_or_elsewhere(at: Scene) -> None:
    at.submission.fork(at.probes.note)
    at.submission.call(at.probes.note, 1)
    assert at.probes.next(in_main_process=True).args == (1,)
    assert at.probes.next(in_main_process=False).args == ()
    for here, wanted in ((True, "not_called_here"), (False, "not_called_in_a_child")):
        with pytest.raises(Finding) as caught:
            at.probes.next(in_main_process=here)
        assert cause(caught) == wanted
