"""The likely cause of an assertion that failed, from its line and its two sides."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader import course as courses
from grader.finding import Finding
from grader.handles.files import Content, NoFile
from grader.handles.observation import Arguments
from grader.handles.said import Foreign, Said
from grader.judge import likely, outcomes

COURSE = courses.load()
SOURCE = "class Odd(int):\n    def __eq__(self, other):\n        return True\n\nProcess(target=t, args=(value))\n"


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
    (Foreign("Other", "object", 1), 5, "wrong_type"),
    (Foreign("Other", "int", 1), 5, "made_from_plain"),
    (Foreign("OrderedDict", "dict", 1), {}, "made_from_plain"),
    (Foreign("generator", "generator", 1), [1], "not_the_results"),
    ({"full": Foreign("method", "method", 1)}, {"full": True}, "not_called"),
    ([2, 1], [1, 2], "wrong_order"),
    ([3, 2, 1], [1, 2, 3], "backwards"),
    ([1, 3, 2, 1], [1, 2, 3, 1], "wrong_order"),  # the last one does not come first
    ([2, 1, 3], [1, 2, 3], "wrong_order"),
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
    ("17", 17, "text_for_value"),
    ((1, "17"), (1, 17), "text_for_value"),
    ((1, 3, 2), (1, 2, 3), "parts_misplaced"),
    ({"full": 0, "size": 2}, {"full": False, "size": 2}, "equal_only"),
    ({"full": 0, "size": 3}, {"full": False, "size": 2}, None),
    ([("a",), "b"], ["a", "b"], "wrapped"),
    ([["a"], ("b",)], ["a", "b"], "wrapped"),
    ([["b"], "b"], ["a", "b"], None),
    ("New", "new", "spelt_otherwise"),
    ({"a": "1"}, {"a": 1}, "text_for_value"),
    ({"qsize": 1}, {"size": 1}, "wrong_keys"),
    ({"a": 2}, {"a": 1}, None),
]


def test_an_exit_code_comes_too_early_only_where_the_function_asks_for_it() -> None:
    source = "def stop(p):\n    p.join()\n\ndef run(t):\n    return t.exitcode\n"
    line = "assert submission.f() == 0"

    assert likely.cause(line, Said(None), 0, source, "run") == ("exit_code_too_early", {})
    assert likely.cause(line, Said(None), 0, source, "stop") == ("returned_nothing", {})
    assert likely.cause(line, Said(None), 0, source, "elsewhere") == ("exit_code_too_early", {})


def test_status_of_the_system_in_place_of_an_exit_code() -> None:
    line, source = "assert submission.f() == 3", "_, status = os.waitpid(pid, 0)\n"
    assert likely.cause(line, Said(768), 3, source) == ("raw_status", {"got": "768"})
    assert likely.cause(line, Said(15), -15, source) == ("raw_status", {"got": "15"})
    assert likely.cause(line, Said(15), -15, "process.join()\n") is None
    assert likely.cause(line, Said(4), 3, source) is None


def test_name_that_multiprocessing_gives() -> None:
    line = "assert child.name == name"
    assert likely.cause(line, Said("Process-1"), "a b", "") == ("default_name", {"name": "Process-1"})
    assert likely.cause(line, Said("Child-1:2"), "a b", "") == ("default_name", {"name": "Child-1:2"})
    assert likely.cause(line, Said("a-1"), "a", "") is None
    assert likely.cause(line, Said("MainProcess"), "a b", "") is None


def test_one_process_in_place_of_two() -> None:
    assert likely.cause("assert reader.pid != writer.pid", 5, 5, "") == ("one_for_both", {})
    again, other = SimpleNamespace(is_again=True), SimpleNamespace(is_again=False)
    assert likely.cause("assert probes.waiting() == []", [again], [], "") == ("one_for_both", {})
    assert likely.cause("assert probes.waiting() == []", [other], [], "") == ("did_not_wait", {})


def test_an_exception_was_changed_only_where_the_function_raises_one() -> None:
    source = "def run(t):\n    pool.join()\n\ndef wrap(t):\n    raise ValueError(t)\n"
    line = "assert error.type == 'OSError'"

    assert likely.cause(line, "ValueError", "OSError", source, "wrap") == ("exception_changed", {})
    assert likely.cause(line, "ValueError", "OSError", source, "run") == ("other_exception", {"type": "ValueError"})
    assert likely.cause(line, "KeyError", "OSError", source, "wrap") == ("other_exception", {"type": "KeyError"})
    assert likely.cause("assert error.text == word", "a", "b", source, "run") is None


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
    told = likely.cause("assert x == 5", Said(Foreign("Odd", "int")), 5, "class Odd(int):\n    pass\n")
    assert told == ("made_from_plain", {"type": "Odd", "base": "int", "expected_type": "int"})


NO_RESULTS = [
    ("assert process.exitcode == code", None),
    ("assert process.pid == child.pid", "object_not_started"),
    ("assert process.name == name", None),
    ("assert process.is_alive() == child.alive", None),
    ('assert child.reads("number") == 0', None),
    ('assert submission.value("number") == number', None),
    ("assert inside.contents(queue) == values", None),
]


@pytest.mark.parametrize(("line", "key"), NO_RESULTS)
def test_what_is_no_result_of_a_function_was_not_returned(line: str, key: str | None) -> None:
    assert (
        cause(line, Said(None) if "contents" not in line else [Said(None)], 5 if "contents" not in line else [5]) == key
    )


def test_exit_code_is_none_where_somebody_else_has_taken_it() -> None:
    line = "assert other_process.exitcode == 0"

    assert cause(line, Said(None), 0, "os.waitpid(pid, 0)\n") == "reaped_elsewhere"
    assert cause(line, Said(None), 0, "process.join()\n") is None


def test_default_that_came_for_values_that_count_as_false() -> None:
    source = "def try_get(queue, default=None):\n    pass\n"
    line = "assert seen == [None, 0, False]"
    seen = [Said(None), Said("other"), Said("other")]

    assert likely.cause(line, seen, [None, 0, False], source, "try_get") == ("default_for_a_value", {})
    assert likely.cause(line, seen, [None, 0, False], "", "try_get") != ("default_for_a_value", {})
    assert likely.cause(line, [Said("a"), Said("b")], [0, None], source, "try_get") != ("default_for_a_value", {})
    assert likely.cause(line, [Said("a"), Said("a")], ["a", 0], source, "try_get") is None  # the queue was empty


def test_default_that_came_or_was_lost_for_another_reason() -> None:
    source = "def try_get(queue, default=None):\n    if queue.qsize() < 2:\n        return default\n"
    seen, wanted = [Said(None), Said(0), Said("other")], [None, 0, False]
    lost = ("default_lost", {})

    assert likely.cause("assert seen == values", seen, wanted, source, "try_get") == ("default_though_filled", {})
    assert likely.cause("assert f() == 1", Said(None), 1, source, "try_get") == ("default_though_filled", {})
    assert likely.cause("assert defaults == x", [Said("a"), Said(None)], ["a", 0], source, "try_get") == lost
    assert likely.cause("assert defaults == x", [Said("b"), Said(None)], ["a", 0], source, "try_get") != lost


def test_signal_that_was_another_one() -> None:
    facts = {"got": "SIGTERM", "wanted": "SIGKILL", "asks": "SIGTERM"}

    assert likely.cause("assert process.exitcode == code", -15, -9, "") == ("other_signal", facts)
    assert likely.cause("assert process.exitcode == code", -64, -9, "") == (
        "other_signal",
        {"got": "SIGRTMAX", "wanted": "SIGKILL"},
    )
    assert likely.cause("assert process.exitcode == code", -1, -9, "") == (
        "other_signal",
        {"got": "SIGHUP", "wanted": "SIGKILL"},
    )
    assert likely.cause("assert process.exitcode == code", 0, -9, "") is None


def test_word_that_came_before_the_end_and_an_end_that_came_too_early() -> None:
    assert cause('assert child.was_sent("SIGTERM") is False', True, False) == "asked_first"
    assert cause("assert first.alive is True", False, True) == "ended_meanwhile"
    assert cause("assert child.alive is False", True, False) is None


KEPT = "def drain(queue, values=[]):\n    return values\n"
LISTS: list[tuple[Any, Any, str, str | None]] = [
    ([1, 2], [1, 2, 3], "", "last_missing"),
    ([2, 3], [1, 2, 3], "", "first_missing"),
    ([1, 3], [1, 2, 3], "", "lost_between"),
    ([1, 4], [1, 2, 0, 4], "", None),
    ([1, 2, 3], [1, 2, 1, 3], "", None),  # what comes twice is left out
    ([1], [1, 2, 3], "", "only_the_first"),
    ([1], [1, 0, 3], "", None),
    ([1, 2], [1, 2, 3, 4], "", "stopped_midway"),
    ([1, 2], [1, 2, 1, 1], "", None),
    ([1, 2], [1, 2, "END", None], "", None),
    ([[1, 2]], [1, 2], "", "whole_for_each"),
    ([0, 1], ["a", "b"], "", "positions"),
    ([(0, "a"), (1, "b")], ["a", "b"], "", "positions"),
    ([0, 1], [0, 1], "", None),
    (["1", 2], [1, 2], "", "text_for_value"),
    ([(2, 1, "a")], [(1, 2, "a")], "", None),
    ([(2, 1, "a"), (2, 2, "b")], [(1, 2, "a"), (2, 2, "b")], "", "parts_misplaced"),
    ([1, 2], [None, 1, 2], "", None),  # it may be missing for what it is
    ([1, 2], [1, 2, 0], "", None),
    ([1], [1, 2], "", None),  # it may be the first alone
    ([True, 2], [1, 2, 3], "", None),
    ([8, 9, 1, 2], [1, 2], KEPT, "earlier_values"),
    ([8, 9, 1, 2], [1, 2], "values: list[int] = []\n", "earlier_values"),
    ([8, 9, 1, 2], [1, 2], "def drain(queue):\n    values = []\n", None),
    ([1, 2, 8], [1, 2], KEPT, "too_many_values"),
    ([8], [], KEPT, None),
]


@pytest.mark.parametrize(("seen", "expected", "source", "key"), LISTS, ids=repr)
def test_list_that_came_back(seen: Any, expected: Any, source: str, key: str | None) -> None:
    assert cause("assert drainer.drain(queue) == values", Said(seen), expected, source) == key


def test_calls_that_were_given_the_last_value_the_positions_or_texts() -> None:
    line, wanted = "assert probes.arguments() == calls", [(4,), (5,), (6,)]

    assert cause(line, [(6,), (6,), (6,)], wanted) == "always_the_last"
    assert cause(line, [(6,), (6,)], [(6,), (6,)]) != "always_the_last"
    assert cause(line, [(0,), (1,), (2,)], wanted) == "positions"
    assert cause(line, [((0, 4),), ((1, 5),), ((2, 6),)], wanted) == "positions"
    assert cause(line, [("4",), ("5",), ("6",)], wanted) == "text_for_value"
    assert cause("assert child.args == values", ("4", 5), (4, 5)) == "text_for_value"
    assert cause("assert seen == [4, 5, 6]", [Said(4), Said(4), Said(4)], [4, 5, 6]) == "never_moves"


def test_of_what_is_in_a_queue_only_a_function_with_a_loop_of_its_own_is_told() -> None:
    line, many, one = "assert inside.contents(queue) == values", "def w(queue, values):\n", "def put(queue, value):\n"

    assert likely.cause(line, [Said(4)], [4, 5, 6], many, "w") == ("only_the_first", {})
    assert likely.cause(line, [Said(4)], [4, 5, 6], one, "put") is None
    assert likely.cause(line, [Said(5), Said(4)], [4, 5], one, "put") == ("wrong_order", {})


def test_of_an_item_of_a_list_is_not_said_that_the_function_returned_it() -> None:
    line = "assert sorted(call.result(), key=repr) == sorted(results, key=repr)"

    assert cause(line, [Said(5), Said(None)], [4, 5]) == "none_among_results"
    assert cause(line, [Said(5), Said(None)], [5, None, 6]) is None
    assert cause(line, [Said(5), Said(6)], [4, 5]) is None
    assert cause(line, [Said(Foreign("ApplyResult", "object"))], [4]) == "not_the_results"
    told = likely.cause(line, [Said((1, 2)), Said((3, 4))], [2, 4], "")
    assert told == ("wrong_type", {"seen_type": "tuple", "expected_type": "int", "within": "list"})


def test_values_that_were_read_too_early() -> None:
    source = "def read_queue(q):\n    pass\n\n\ndef pool_transfer(v):\n    pool.apply(read_queue, (q,))\n"
    unread = source.replace("apply(read_queue", "apply(write_queue")

    assert cause("assert sent_on == []", [Said(("manager",))], [], unread) == "read_too_early"
    for line, seen, wanted in [
        ('assert sent_on[:1] == [("manager",)]', [], [("manager",)]),
        ("assert sizes[:1] == [(5,)]", [], [(5,)]),
        ('assert route[:3] == [("worker",), ("manager",)]', [Said(("worker",))], [("worker",), ("manager",)]),
    ]:
        assert cause(line, seen, wanted, source) == "read_too_early"
        assert cause(line, seen, wanted, unread) is None
    assert cause("assert sizes[:1] == [(5,)]", [Said((0,))], [(5,)], source) == "queue_size"


def test_generator_that_raises_its_own_end() -> None:
    line = "assert ending == 'StopIteration'"
    source = "def count():\n    yield 1\n    raise StopIteration\n"

    assert likely.cause(line, "RuntimeError", "StopIteration", source) == ("stop_in_generator", {})
    assert likely.cause(line, "RuntimeError", "StopIteration", "raise StopIteration") == (
        "other_exception",
        {"type": "RuntimeError"},
    )


ARGS: list[tuple[Any, Any, str, str]] = [
    (("a", "b", "c"), ("abc",), SOURCE, "missing_comma"),
    (("a", "b", "c"), ("abc",), "args=tuple(value)", "taken_apart"),
    (("a", "b", "c"), ("abc",), "pool.apply(target, item)", "taken_apart"),
    (("a", "b", "c"), ("abc",), "pool.apply(target, (item))", "missing_comma"),
    ((1, 2), ([1, 2],), "args=value", "taken_apart"),
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


def test_arguments_that_came_by_name_or_by_position() -> None:
    by_name, by_position = Arguments((), {"value": 5}), Arguments({}, (1, 2))

    told = likely.cause("assert child.args == (value,)", by_name, (5,), SOURCE)
    assert told == ("by_name", {"call": "(value=5)"})
    told = likely.cause("assert child.kwargs == options", by_position, {"a": 1, "b": 2}, SOURCE)
    assert told == ("by_position", {"call": "(1, 2)"})
    told = likely.cause("assert told == [(1,), {}]", [by_name, Arguments({"value": 5}, ())], [(5,), {}], SOURCE)
    assert told == ("by_name", {"call": "(value=5)"})
    told = likely.cause("assert child.kwargs == {}", Arguments({"item": 5}, ()), {}, "def run(target, items):\n", "run")
    assert told == ("by_name", {"call": "(item=5)"})
    assert cause("assert child.kwargs == {}", Arguments({"x": 5}, ()), {}) == "wrong_arguments_for_target"
    assert cause("assert child.args == (value,)", Arguments((), {}), (5,)) == "three_for_one"
    assert cause("assert child.args == (value,)", Arguments((), {"value": 6}), (5,)) == "three_for_one"
    assert (
        cause("assert child.kwargs == options", Arguments({}, (3, 4)), {"a": 1, "b": 2}) == "wrong_arguments_for_target"
    )


def test_argument_that_is_asked_for_and_came_by_name() -> None:
    with pytest.raises(Finding) as caught:
        Arguments((), {"done": 1})[0]
    assert (caught.value.cause, caught.value.seen) == ("by_name", "a call with (done=1)")


CALLS: list[tuple[Any, Any, str | None]] = [
    ([(1,)], [(1,), (2,)], "action_never_called"),
    ([], [(1,)], "action_never_called"),
    ([(1,), (2,), (3,)], [(1,), (2,)], "extra_call"),
    ([(3,), (2,), (1,)], [(1,), (2,), (3,)], "backwards"),
    ([(2,), (1,), (3,)], [(1,), (2,), (3,)], "wrong_order"),
    ([([1, 2],)], [(1,), (2,)], "whole_for_each"),
    ([(9,), (8,)], [(1,), (2,)], None),
]


@pytest.mark.parametrize(("seen", "expected", "key"), CALLS, ids=repr)
def test_arguments_of_all_calls(seen: Any, expected: Any, key: str | None) -> None:
    assert cause("assert probes.arguments() == expected", [Said(each) for each in seen], expected) == key


def test_calls_stand_for_values_where_the_function_is_given_nothing_to_call() -> None:
    source = "def write(queue, values):\n    pass\n\n\ndef read(queue, report):\n    pass\n"
    line = "assert probes.arguments() == calls(values)"

    assert likely.cause(line, [Said((1,))], [(1,), (2,)], source, "write") == ("value_missing", {})
    assert likely.cause(line, [Said((1,)), Said((2,))], [(1,)], source, "write") == ("value_too_much", {})
    assert likely.cause(line, [Said((1,))], [(1,), (2,)], source, "read") == ("action_never_called", {})
    assert likely.cause(line, [Said((1,)), Said((2,))], [(1,)], source, "read") == ("extra_call", {})


STATES = [
    ("waits", "returned", "did_not_wait"),
    ("gone", "alive", "did_not_wait"),
    ("gone", "zombie", "not_reaped"),
    ("zombie", "gone", "waited_for_it"),
    ("dead", "running", "did_not_wait"),
    ("alive", "gone", None),
]


@pytest.mark.parametrize(("expected", "seen", "key"), STATES)
def test_state_that_it_should_be_in(expected: str, seen: str, key: str | None) -> None:
    assert cause("assert child.state == 'x'", seen, expected) == key


def test_who_is_alive_and_ran_here_was_never_a_child() -> None:
    line = "assert child.state == 'gone'"

    assert likely.cause(line, "alive", "gone", SOURCE, here=True) == ("ran_in_your_process", {})
    assert likely.cause(line, "alive", "gone", SOURCE) == ("did_not_wait", {})


def test_too_few_or_too_many_were_taken() -> None:
    assert cause("assert iterator.taken == 2", 3, 2) == "took_values"
    assert cause("assert iterator.taken == 2", 0, 2) == "took_too_few"
    assert cause("assert rest == values", Said([]), [1, 2]) == "took_values"
    assert cause("assert rest == values", Said([]), [1, 2], "obj.close()\n") == "closed_it"


def content(data: bytes, *, short: bool = True) -> Content:
    return Content(len(data), hashlib.sha256(data).digest(), data if short else None)


FILE = b"one\n\0two\nthree"
COPIES = [
    (content(FILE[:5]), "copied_in_part"),
    (content(b""), "copied_in_part"),
    (content(FILE.replace(b"\0", b"")), "bytes_lost"),
    (content(FILE[:5], short=False), "fewer_bytes"),
    (content(FILE + b"more"), "old_bytes_left"),
    (content(b"what was there before" + FILE), "old_bytes_left"),
    (content(b"what was there before"), "old_file_kept"),
]


@pytest.mark.parametrize(("seen", "key"), COPIES, ids=repr)
def test_copy_that_is_not_the_file(seen: Content, key: str) -> None:
    assert cause("assert dest.holds(name) == content", seen, content(FILE)) == key


def test_a_list_without_any_of_its_values() -> None:
    assert cause("assert call.result() == results", Said([]), [1, 2]) == "nothing_in_the_list"
    assert cause("assert sorted(call.result(), key=repr) == results", [], [1, 2]) == "nothing_in_the_list"
    assert cause("assert call.result() == results", Said([]), [0, None]) is None
    assert cause("assert call.result() == results", Said([3]), [1, 2]) != "nothing_in_the_list"


def test_the_list_inside_of_another_one() -> None:
    assert cause("assert call.result() == [word]", Said([["one"]]), ["one"]) == "list_of_lists"
    assert cause("assert submission.read_queue(queue) == []", Said([[]]), []) == "list_of_lists"
    assert cause("assert call.result() == [word]", Said([["two"]]), ["one"]) != "list_of_lists"
    with pytest.raises(Finding) as found:
        Said([["first", "second"]])[1:]
    assert found.value.cause == "list_of_lists"


BYTES = b"\r\n" + bytes(range(256)) * 40
AS_TEXT = [
    str(BYTES).encode(),
    BYTES.decode("latin-1").encode(),
    BYTES.decode("utf-8", "backslashreplace").encode(),
    b"".join(BYTES[at : at + 1000].decode("utf-8", "replace").encode() for at in range(0, len(BYTES), 1000)),
]


@pytest.mark.parametrize("written", AS_TEXT, ids=range(len(AS_TEXT)))
def test_bytes_that_were_written_as_text(written: bytes) -> None:
    assert cause("assert dest.holds(name) == content", content(written), content(BYTES)) == "text_mode"


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


CUT = 'printed\nProcess Process-2:\nTraceback (most recent call last):\n  File "x.py", line 1, in f\n    g()\n'
FRAMES = '  File "/kit/grade_harness/probe.py", line 9, in note\n    call(1)\n    ^^^^\n  File "x.py", line 1, in f\n'


def test_output_shows_no_traceback_that_was_cut_off_and_no_frame_of_ours() -> None:
    assert outcomes.theirs(CUT) == "printed\n"
    assert outcomes.theirs("Process Process-2:\n") == ""
    assert outcomes.theirs(CUT + "ValueError: no\n") == CUT + "ValueError: no\n"
    assert outcomes.theirs("Traceback:\n" + FRAMES) == 'Traceback:\n  File "x.py", line 1, in f\n'


def in_words(tmp_path: Path, claim: str, side: str) -> str:
    """What becomes of one side of a claim."""
    path = tmp_path / f"check_{len(list(tmp_path.iterdir()))}.py"  # the lines of a file are read once
    path.write_text(f"def check():\n    assert {claim}\n")
    none = SimpleNamespace(state=lambda: None, state_of=lambda: None)
    scope: dict[str, Any] = {"call": none, "child": SimpleNamespace(state=None), "ending": None}
    exec(compile(path.read_text(), path, "exec"), scope)
    with pytest.raises(AssertionError) as failed:
        scope["check"]()
    return outcomes._in_words(failed.value)(side)


def test_state_is_said_in_words_where_it_is_ours(tmp_path: Path) -> None:
    assert in_words(tmp_path, "child.state == 'gone'", "'alive'") == "still alive"
    assert in_words(tmp_path, "ending == 'FileNotFoundError'", "'returned'") == "has returned"
    assert in_words(tmp_path, "call.state() == 'waits'", "'other'") == "'other'"
    assert in_words(tmp_path, "call.state_of() == 'running'", "'alive'") == "'alive'"


@pytest.mark.parametrize(
    ("claim", "expected", "seen"),
    [("reader.pid in before", "process number 90", "process number 92"),
     ("child.started_by == submission.pid", "process number 90", "process number 92"),
     ("process.pid in several", "one of [process number 90, process number 91]", "None"),
     ("reader.exitcode in before", "90", "92")],
)  # fmt: skip
def test_numbers_of_processes_are_said_to_be_such(tmp_path: Path, claim: str, expected: str, seen: str) -> None:
    (tmp_path / "check_x.py").write_text(f"def check():\n    assert {claim}\n")
    left, op, right = (None if seen == "None" else 92), claim.split()[1], {"before": [90], "several": [90, 91]}
    config: Any = SimpleNamespace(stash={})
    outcomes.note_sides(config, op, left, right.get(claim.split()[2], 90))
    scope = {"reader": SimpleNamespace(pid=92, exitcode=92), "process": SimpleNamespace(pid=None), **right}
    scope |= {"child": SimpleNamespace(started_by=92), "submission": SimpleNamespace(pid=90)}
    exec(compile((tmp_path / "check_x.py").read_text(), tmp_path / "check_x.py", "exec"), scope)
    with pytest.raises(AssertionError) as failed:
        scope["check"]()
    sides = config.stash[outcomes.SIDES]
    assert tuple(map(outcomes._in_words(failed.value), sides)) == (expected, seen)
    was_there = outcomes._who_was_there(failed.value)(expected)
    assert was_there == (f"one that was there already: {expected}" if claim == "reader.pid in before" else expected)
