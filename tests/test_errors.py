"""What went wrong in a call: its cause, its text and its place, as far as what the inside says is believed."""

from __future__ import annotations

from typing import Any

import pytest
from called import WORK, at, finding, sandbox
from world import Scene, linux

from grader.finding import Finding
from grader.handles import raised
from grader.result import Verdict
from grader.walls.sandbox import Sandbox

__all__ = ["at", "sandbox"]

pytestmark = linux

WORK_RUNS = next(line for line in WORK.splitlines() if "co_filename=name" in line)


def line_of(text: str) -> int:
    return WORK.splitlines().index(text) + 1


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
