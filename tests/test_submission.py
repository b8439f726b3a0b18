"""The student's module from outside: calls and their results, what a handle can do, and files that do not load."""

from __future__ import annotations

import pytest
from called import at, finding, sandbox
from world import Scene, linux, scene

from grader.finding import Finding
from grader.handles import submission as outside
from grader.handles.probes import Lent
from grader.handles.said import Foreign, Said
from grader.walls.sandbox import Sandbox

__all__ = ["at", "sandbox"]

pytestmark = linux


# --- results


def test_call_gives_what_the_function_returned(at: Scene) -> None:
    assert at.submission.add(2, 3) == 5
    assert at.submission.add([1], [(2,)]) == [1, (2,)]
    assert at.submission.nothing().value is None
    assert at.submission.is_none(None) == True  # noqa: E712


def test_call_under_way_is_collected_later(at: Scene) -> None:
    call = at.submission.begin.add("a", "b")
    assert call.result() == "ab"
    assert call.result() == "ab"
    assert (call.function, call.has_returned, call.state(), call.raised()) == ("add", True, "returned", None)


def test_state_of_a_call_needs_no_patience(at: Scene) -> None:
    assert at.submission.begin.add(1, 1).state() == "returned"
    assert at.submission.begin.fails("x").state() == "raised"
    waiting = at.submission.begin.wait()
    assert (waiting.state(), waiting.has_returned, waiting.raised()) == ("waits", False, None)


def test_globals_are_read_and_set(at: Scene) -> None:
    assert at.submission.value("number") == 5
    at.submission.set("number", [1, 2])
    assert at.submission.value("number") == [1, 2]
    missing = finding(at.submission.value, "nobody")
    assert (missing.cause, missing.facts["name"]) == ("no_such_global", "nobody")


def test_each_check_has_a_module_of_its_own(sandbox: Sandbox) -> None:
    for _ in range(2):
        with scene(sandbox) as at:
            assert at.submission.bump() == 1
            assert at.submission.bump() == 2


# --- handles


def test_handle_stands_for_an_object_inside(at: Scene) -> None:
    counter = at.submission.Counter(3)
    assert counter.type_name == "Counter"
    assert counter.add() == 4
    assert counter.add(2) == 6
    assert counter.at == 6
    assert counter.begin.add(1).result() == 7
    assert finding(counter.fails).cause == "raised"
    missing = finding(getattr, counter, "nobody")
    assert (missing.cause, missing.facts["attribute"], missing.facts["type"]) == (
        "no_such_attribute",
        "nobody",
        "Counter",
    )
    assert finding(counter.at).cause == "wrong_type"
    assert finding(lambda: counter.begin.at()).cause == "wrong_type"


def test_handle_can_be_given_back(at: Scene) -> None:
    counter = at.submission.Counter(3)
    assert at.inside.same(counter, counter) == True  # noqa: E712
    assert at.inside.list((counter, [counter]))[0].at == 3
    assert at.inside.same(counter, at.submission.Counter(3)) == False  # noqa: E712


def test_value_that_stays_inside_is_the_same_each_time(at: Scene) -> None:
    stays = at.inside.stays([1, 2])
    assert at.inside.same(stays, stays) == True  # noqa: E712
    assert at.inside.list(stays) == [1, 2]


def test_many_handles_are_too_large_a_value_and_no_error_of_ours(at: Scene) -> None:
    assert len(at.submission.many(2_000)) == 2_000
    assert finding(at.submission.many, 100_000).cause == "too_large"


def test_what_cannot_be_given_is_a_finding(at: Scene) -> None:
    assert finding(at.submission.is_none, Said(Foreign("Odd", "int"))).cause == "wrong_type"


def test_what_is_said_is_unwrapped_before_it_is_given() -> None:
    assert outside.unwrapped(Said([1])) == [1]
    assert outside.unwrapped([Said(1), (Said(2), 3)]) == [1, (2, 3)]
    assert outside._lend(Lent("hold")) == {"probe": "hold"}


# --- loading


def test_file_that_does_not_load_says_why_and_where(sandbox: Sandbox) -> None:
    told = {}
    for module in ("broken", "ends", "missing"):
        with pytest.raises(Finding) as caught, scene(sandbox, module):
            pass
        told[module] = (caught.value.facts["type"], caught.value.place)
    assert told == {
        "broken": ("SyntaxError", ("broken.py", 1)),
        "ends": ("SystemExit", ("ends.py", 2)),
        "missing": ("FileNotFoundError", None),
    }


def test_stage_that_has_loaded_nothing_has_the_given_things_alone(sandbox: Sandbox) -> None:
    with pytest.raises(Finding), scene(sandbox, "broken") as at:
        at.submission.add(1, 1)
    with scene(sandbox) as at:
        assert at.inside.list([1, 2]) == [1, 2]
        assert at.inside.next(at.inside.iter([5])) == 5
        assert at.inside.begin.list(()).result() == []
        assert at.submission.pid == at.stage.pid
        with pytest.raises(Finding) as failed:
            at.submission.loops_in("add")
        assert failed.value.cause == "source_not_read"
