"""The likely cause of an assertion that failed, from its line and its two sides."""

from __future__ import annotations

from typing import Any

import pytest

from grader import course as courses
from grader.handles.files import NoFile
from grader.handles.said import Foreign, Said
from grader.judge import likely

COURSE = courses.load()
SOURCE = "class Odd(int):\n    pass\n\nProcess(target=t, args=(value))\n"


def cause(line: str, seen: Any, expected: Any, source: str = SOURCE) -> str | None:
    found = likely.cause(line, seen, expected, source)
    if found is None:
        return None
    key, facts = found
    assert key in COURSE.causes
    assert all(type(fact) is str for fact in facts.values())
    return key


VALUES: list[tuple[Any, Any, str | None]] = [
    (None, 5, "returned_nothing"),
    (None, [5], "returned_nothing"),
    (Foreign("Odd", "int", 1), 5, "always_equal"),
    (Foreign("Other", "int", 1), 5, "wrong_type"),
    (True, 1, "bool_for_int"),
    (False, 0, "bool_for_int"),
    (True, False, None),
    ((1, 2), [1, 2], "wrong_type"),
    ([1], "1", "wrong_type"),
    (5, 6, None),
    ("a", "b", None),
    ([1, 2], [(1, 2), (2, 1)], None),
    ((2, 3), [(1, 2), (2, 1)], None),
    ("ab", [(1, 2), (2, 1)], "wrong_type"),
    ([], [1], None),
]


def test_an_exit_code_comes_too_early_only_where_the_function_asks_for_it() -> None:
    source = "def stop(p):\n    p.join()\n\ndef run(t):\n    return t.exitcode\n"
    line = "assert submission.f() == 0"

    assert likely.cause(line, Said(None), 0, source, "run") == ("exit_code_too_early", {})
    assert likely.cause(line, Said(None), 0, source, "stop") == ("returned_nothing", {})
    assert likely.cause(line, Said(None), 0, source, "elsewhere") == ("exit_code_too_early", {})


@pytest.mark.parametrize(("seen", "expected", "key"), VALUES, ids=repr)
def test_value_that_was_returned(seen: Any, expected: Any, key: str | None) -> None:
    assert cause("assert submission.f() == value", Said(seen), expected) == key


def test_facts_name_both_types() -> None:
    told = likely.cause("assert call.result() == [1]", Said((1,)), [1], "")
    assert told == ("wrong_type", {"seen_type": "tuple", "expected_type": "list"})
    told = likely.cause("assert call.result() in either", Said(5), [(1, 2), (2, 1)], "")
    assert told == ("wrong_type", {"seen_type": "int", "expected_type": "tuple"})
    told = likely.cause("assert x == 5", Said(Foreign("Odd", "int")), 5, SOURCE)
    assert told == ("always_equal", {"type": "Odd"})


ARGS: list[tuple[Any, Any, str, str]] = [
    (("a", "b", "c"), ("abc",), SOURCE, "missing_comma"),
    (("a", "b", "c"), ("abc",), "args=tuple(value)", "three_for_one"),
    (("a", "b", "c"), ("xyz",), SOURCE, "three_for_one"),
    ((1, 2), (1,), SOURCE, "three_for_one"),
    ((), (1,), SOURCE, "three_for_one"),
    ((2,), (1,), SOURCE, "wrong_arguments_for_target"),
    ([1], (1,), SOURCE, "wrong_arguments_for_target"),
]


@pytest.mark.parametrize(("seen", "expected", "source", "key"), ARGS, ids=repr)
def test_arguments_of_a_call(seen: Any, expected: Any, source: str, key: str) -> None:
    assert cause("    assert child.args == (value,)", Said(seen), expected, source) == key
    assert cause("assert child.kwargs == {}", Said(seen), expected, source) == "wrong_arguments_for_target"


CALLS: list[tuple[Any, Any, str | None]] = [
    ([(1,)], [(1,), (2,)], "action_never_called"),
    ([], [(1,)], "action_never_called"),
    ([(1,), (2,), (3,)], [(1,), (2,)], "extra_call"),
    ([(2,), (1,)], [(1,), (2,)], "wrong_order"),
    ([(9,), (8,)], [(1,), (2,)], None),
]


@pytest.mark.parametrize(("seen", "expected", "key"), CALLS, ids=repr)
def test_arguments_of_all_calls(seen: Any, expected: Any, key: str | None) -> None:
    assert cause("assert probes.arguments() == expected", [Said(each) for each in seen], expected) == key


STATES = [
    ("waits", "returned", "did_not_wait"),
    ("gone", "alive", "did_not_wait"),
    ("gone", "zombie", "did_not_wait"),
    ("zombie", "gone", "waited_for_it"),
    ("dead", "running", "did_not_wait"),
    ("alive", "gone", None),
]


@pytest.mark.parametrize(("expected", "seen", "key"), STATES)
def test_state_that_it_should_be_in(expected: str, seen: str, key: str | None) -> None:
    assert cause("assert child.state == 'x'", seen, expected) == key


def test_attribute_that_was_looked_at_names_the_cause() -> None:
    assert cause("assert child.in_main_process is False", True, False) == "ran_in_your_process"
    assert cause("assert child.in_main_process is True", False, True) == "ran_in_a_child"
    assert cause("assert child.started_by == submission.pid", 5, 6) == "other_parent"
    assert cause("assert begun == []", ["process 5"], []) == "import_starts_process"
    assert cause("assert forms == []", ["for (line 3)"], []) == "loop_form"
    assert cause("assert processes.left() == []", ["process 5 (alive)"], []) == "process_left"
    assert cause("assert source.holds(name) == content", NoFile("no file"), None) == "source_changed"
    assert cause("assert dest.holds(name) == content", NoFile("no file"), None) == "not_copied"


@pytest.mark.parametrize("line", ["", "assert", "x = 5", "assert 5 == 5", "assert not seen", "\x00"])
def test_line_of_another_form_shows_nothing(line: str) -> None:
    assert likely.cause(line, 5, 6, SOURCE) is None


def test_line_is_that_of_the_assertion_whatever_is_called_in_it() -> None:
    assert cause("assert submission.state_of(process) == 'new'", Said(None), "new") == "returned_nothing"
    assert cause("assert arguments_of(x) == 1", Said(None), 1) == "returned_nothing"
