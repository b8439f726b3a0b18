"""The student's module from outside: calls and their results, what went wrong and where, and what a handle can do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from world import TIERS, Scene, linux, sandbox_with, scene

from grader.finding import Finding
from grader.handles import raised
from grader.handles import submission as outside
from grader.handles.probes import Lent
from grader.handles.said import Foreign, Said
from grader.result import Verdict
from grader.walls.sandbox import Sandbox

pytestmark = linux

WORK = """
import multiprocessing, sys, threading
from helper import deep_error

number = 5
count = 0

class Counter:
    def __init__(self, start):
        self.at = start
    def add(self, more=1):
        self.at += more
        return self.at
    def fails(self):
        raise KeyError("no")

class Shy(Exception):
    def __str__(self):
        raise ValueError("I have no text")

class Loud(Exception):
    def __str__(self):
        return "x" * 1_000_000

def add(one, two):
    return one + two

def nothing():
    pass

def to_do():
    raise NotImplementedError("to_do is still to be written")

def other_to_do():
    raise NotImplementedError("later")

def fails(text):
    raise ValueError(text)

def fails_as_a_command():
    import subprocess
    subprocess.run(["false"], check=True)

def fails_to_open(name):
    import os
    if name == "link_to_itself":
        os.symlink(name, name)
    open(name, "w")

def fails_with_a_text(text):
    raise OSError(text)

def fails_oddly(kind):
    raise {"shy": Shy, "loud": Loud, "exit": SystemExit, "interrupt": KeyboardInterrupt}[kind]

def fails_inside_a_name(text):
    raise type("E" * 1000, (Exception,), {})(text)

def fails_in_a_helper():
    deep_error()

def fails_in_the_library():
    multiprocessing.Process(target=1, args=5)

def asks():
    return input("? ")

def eats():
    raise MemoryError

def opens_a_pickle():
    open("data.pickle")

def hands_over_a_lock():
    multiprocessing.reduction.ForkingPickler.dumps(threading.Lock())

def forgotten_attribute():
    return number.forgotten_attribute

def syntax(name, line):
    raise SyntaxError("made up", (name, line, 1, "text"))

def runs_text(name, lines):
    exec(compile("\\n" * (lines - 1) + "1 / 0", "x", "exec").replace(co_filename=name))

def many(count):
    return [object() for _ in range(count)]

def wait():
    multiprocessing.Lock().acquire()
    lock = multiprocessing.Lock()
    lock.acquire()
    lock.acquire()

def bump():
    global count
    count += 1
    return count

def is_none(value):
    return value is None
"""
WORK_RUNS = next(line for line in WORK.splitlines() if "co_filename=name" in line)
HELPER = """
def deep_error():
    return {}["missing"]
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    files = {"work.py": WORK, "helper.py": HELPER, "broken.py": "x = (\n1 +\n", "ends.py": "import sys\nsys.exit(3)"}
    with sandbox_with(TIERS[0], files) as made:
        yield made


@pytest.fixture
def at(sandbox: Sandbox) -> Iterator[Scene]:
    with scene(sandbox) as made:
        yield made


def finding(call: Any, *args: Any) -> Finding:
    with pytest.raises(Finding) as caught:
        call(*args)
    found = caught.value
    msgspec.json.encode([found.cause, found.facts, found.expected, found.seen, found.place])  # a result can hold it
    return found


def line_of(text: str) -> int:
    return WORK.splitlines().index(text) + 1


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


# --- what went wrong


def test_exception_is_a_finding_with_its_place(at: Scene) -> None:
    found = finding(at.submission.fails, "文 text")
    assert (found.verdict, found.cause, found.seen) == (Verdict.FAILED, "raised", "ValueError: 文 text")
    assert found.facts == {"type": "ValueError", "text": "文 text", "function": "fails"}
    assert found.place == ("work.py", line_of("    raise ValueError(text)"))


def test_place_is_the_last_line_of_the_students_own(at: Scene) -> None:
    assert finding(at.submission.fails_in_a_helper).place == ("helper.py", 3)
    in_the_library = finding(at.submission.fails_in_the_library)
    assert in_the_library.place == ("work.py", line_of("    multiprocessing.Process(target=1, args=5)"))


CAUSES = {
    "to_do": "not_written",
    "other_to_do": "raised",
    "nobody": "no_such_function",
    "forgotten_attribute": "raised",
    "opens_a_pickle": "raised",
    "hands_over_a_lock": "not_picklable",
    "asks": "reads_input",
    "eats": "memory",
}


@pytest.mark.parametrize(("function", "cause"), CAUSES.items(), ids=CAUSES)
def test_cause_is_the_one_that_the_exception_shows(at: Scene, function: str, cause: str) -> None:
    assert finding(getattr(at.submission, function)).cause == cause


ODD_ERRORS = {
    "shy": ("Shy", "<its __str__ raised ValueError>"),
    "loud": ("Loud", "x" * 4000),
    "exit": ("SystemExit", ""),
    "interrupt": ("KeyboardInterrupt", ""),
}


@pytest.mark.parametrize(("kind", "told"), ODD_ERRORS.items(), ids=ODD_ERRORS)
def test_whatever_an_exception_does_it_is_told(at: Scene, kind: str, told: tuple[str, str]) -> None:
    call = at.submission.begin.fails_oddly(kind)
    error = call.error()
    assert (error.type, error.text) == told
    assert call.raised().cause == "raised"
    assert at.submission.add(1, 1) == 2


def test_texts_of_any_kind_are_told(at: Scene) -> None:
    assert finding(at.submission.fails, "\ud800\x00").facts["text"] == "\\ud800\x00"
    assert finding(at.submission.fails_inside_a_name, "x").facts["type"] == "E" * 200


def test_errors_have_endings_by_which_they_are_told_apart(at: Scene) -> None:
    assert at.submission.begin.fails_as_a_command().ending() == "CalledProcessError"
    assert at.submission.begin.fails("x").ending() == "ValueError"
    assert at.submission.begin.fails_to_open(".").ending() == "IsADirectoryError"
    assert at.submission.begin.fails_to_open("link_to_itself").ending() == "OSError (errno ELOOP)"
    assert at.submission.begin.fails_with_a_text("x").ending() == "OSError (errno None)"
    assert at.submission.begin.add(1, 2).ending() == "returned"


def test_error_that_did_not_come_is_a_finding(at: Scene) -> None:
    found = finding(at.submission.begin.add(1, 2).error)
    assert (found.cause, found.expected, found.seen) == ("did_not_raise", "an exception", "it returned 3")


ODD_NAMES = {"null": "{folder}/a\0b.py", "half a pair": "{folder}/\ud800.py", "long": "{folder}/" + "x" * 5000}


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_code_may_call_itself_what_it_likes(at: Scene, sandbox: Sandbox, name: str) -> None:
    found = finding(at.submission.runs_text, name.format(folder=sandbox.submission), 7)
    assert found.facts["type"] == "ZeroDivisionError"
    assert found.place in (("\\ud800.py", 7), ("work.py", line_of(WORK_RUNS)))


@pytest.mark.parametrize(
    ("name", "line", "known"),
    [("{folder}/work.py", 7, True), ("{folder}/work.py", 10**30, False), ("{folder}/work.py", -1, False),
     ("{folder}/work.py", 0, False), ("/etc/passwd", 1, False), ("work.py", 1, False),
     ("{folder}/../secret.py", 1, False), ("{folder}x/work.py", 1, False)],
)  # fmt: skip
def test_line_of_a_syntax_error_is_believed_within_reason(
    at: Scene, sandbox: Sandbox, name: str, line: int, known: bool
) -> None:
    found = finding(at.submission.syntax, name.format(folder=sandbox.submission), line)
    raised_at = ("work.py", line_of('    raise SyntaxError("made up", (name, line, 1, "text"))'))
    assert found.place == (("work.py", line) if known else raised_at)


@pytest.mark.parametrize(
    "frame",
    [None, [], ["/s/a.py"], ["/s/a.py", "7"], ["/s/a.py", True], [5, 7], ["/sa.py", 7], ["/s/a.py", 0],
     ["/s/a.py", 2**31], "/s/a.py:7", {"/s/a.py": 7}, ["/s/../a.py", 7], ["/s/a\0.py", 7], ["/s/" + "x" * 5000, 7]],
    ids=repr,
)  # fmt: skip
def test_frame_of_another_form_is_no_place(frame: Any) -> None:
    assert raised.place_of(frame, "/s") is None
    assert raised.place_of(["/s/b/a.py", 7, "f"], "/s") == ("b/a.py", 7)


@pytest.mark.parametrize(
    "told",
    [None, 5, [], {}, {"type": "E"}, {"type": "E", "text": 5, "frames": []}, {"type": "E", "text": ""}],
    ids=repr,
)
def test_exception_of_another_form_is_the_stages_end(told: Any) -> None:
    with pytest.raises(Finding) as caught:
        raised.Raised(told, "/s")
    assert caught.value.verdict is Verdict.CRASHED


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
        assert at.submission.loops_in("add") == []
