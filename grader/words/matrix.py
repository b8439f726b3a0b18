"""What is told of portability: a matrix of functions and start methods, and why they part, in one language.

Who uses it: console and report. In goes a Result that was graded under every start method, out come lines of a matrix;
where the result was graded under one alone there are none, and nothing is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from grader.course import Course
from grader.grading import portability
from grader.result import ExerciseResult, Portability, Result, Verdict
from grader.words import explain


@dataclass(frozen=True)
class Line:
    """One function that does not work alike under every start method."""

    exercise: str  # "ex01"
    function: str
    verdicts: list[Verdict]  # in the order of the matrix's methods
    sentence: str
    cause: str | None
    place: str | None
    source: str | None


@dataclass(frozen=True)
class Matrix:
    """All that is told; no lines where everything works alike."""

    methods: list[str]
    lines: list[Line]
    sentence: str


def matrix(result: Result, course: Course, lang: str) -> Matrix | None:
    """The matrix of `result`; None where one start method alone was tried."""
    rows = [(exercise, row) for exercise in result.exercises for row in exercise.portability]
    if not rows:
        return None
    methods = list(rows[0][1].verdicts)
    apart = [(exercise, row) for exercise, row in rows if portability.parts(row)]
    lines = _said_once([_line(exercise, row, methods, course, lang) for exercise, row in apart])
    comma = explain.word(course, "list_comma", lang)
    named = [explain.safe_line(method, 20) for method in methods]
    key = "portability_note" if lines else "portability_same"
    return Matrix(named, lines, explain.word(course, key, lang, methods=comma.join(named)))


def _said_once(lines: list[Line]) -> list[Line]:
    """A cause that one function after the other has is told with the first."""
    before = [None, *(line.cause for line in lines)]
    return [
        replace(line, cause=None) if line.cause == last else line for line, last in zip(lines, before, strict=False)
    ]


def _line(exercise: ExerciseResult, row: Portability, methods: list[str], course: Course, lang: str) -> Line:
    name = explain.function_name(row.function, course, lang)
    comma = explain.word(course, "list_comma", lang)
    passes, fails = (comma.join(portability.passes(row, wanted=wanted)) for wanted in (True, False))
    key = f"portability_{row.cause}"
    return Line(
        exercise=explain.exercise_number(exercise.id),
        function=name,
        verdicts=[row.verdicts.get(method, Verdict.SKIPPED) for method in methods],
        sentence=explain.word(course, "portability_line", lang, function=name, passes=passes, fails=fails),
        cause=explain.word(course, key, lang, **row.facts) if key in course.words else None,
        place=f"{explain.file_name(row.file)}:{row.line}" if row.file and row.line else None,
        source=None if row.source is None else explain.safe_line(row.source, 400),
    )
