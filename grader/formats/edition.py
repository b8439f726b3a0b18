"""What every format is made of: a result that holds no more than may be told, line by line, with its words.

Who uses it: ci and export make an Edition, each format reads one. What the checks of the course have not come to yet is
in it, too, as pending: so every form says of a result that is not complete what is missing, and its maximum is that of
the whole.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from msgspec.structs import replace

from grader.course import Course
from grader.result import CheckResult, ExerciseResult, LoadError, Result, State, Verdict
from grader.words import explain, gist
from grader.words.reveal import withheld

PENDING = "pending"  # why a check is skipped that the judge has not come to


class Outcome(str, enum.Enum):
    """What became of a check: its verdict, and where there is none, why."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"
    STUCK = "stuck"
    UNLOADABLE = "unloadable"
    SKIPPED = "skipped"
    BROKEN = "broken"
    PENDING = "pending"


FAILING = (Outcome.FAILED, Outcome.CRASHED, Outcome.STUCK, Outcome.UNLOADABLE)


@dataclass(frozen=True)
class Line:
    """One check, and all that is told of it."""

    exercise: ExerciseResult
    check: CheckResult
    outcome: Outcome
    number: str  # of the exercise and the check in it: "7.3"
    name: str  # its title; no other check of the same function has it
    group: str  # "ex07.transfer"
    file: str  # from the root of the repository
    at: int | None  # the line in `file` that the failure points at
    told: dict[str, str]  # by the words of explain.FIELDS, what there is to say

    @property
    def counts(self) -> bool:
        """Whether it is part of score and maximum."""
        return not self.check.stretch and self.outcome is not Outcome.BROKEN

    @property
    def fails(self) -> bool:
        """Whether something is wrong that costs points."""
        return self.outcome in FAILING and not self.check.stretch


@dataclass(frozen=True)
class Edition:
    """A result as it is to be shown; made by `edition`."""

    result: Result
    course: Course
    lang: str
    prefix: str = ""  # the folder of the exercise files within the repository, "" or ending in "/"
    files: frozenset[str] = frozenset()  # the files in it, as far as they are known
    visibility: str = "visible"  # in Gradescope
    facts: Mapping[str, str] = field(default_factory=dict)  # of the environment, for the formats that ask for it
    now_ms: int = 0  # since 1970: when this was made
    walls: str = ""  # what was in force, and why not more; a sentence
    known: dict[tuple[str, int], list[Line]] = field(default_factory=dict)  # of earlier editions of the same run

    def word(self, key: str, /, **facts: object) -> str:
        """The words of the interface in this edition's language."""
        return explain.word(self.course, key, self.lang, **facts)

    @property
    def complete(self) -> bool:
        """Whether every check was come to."""
        return self.result.complete

    @cached_property
    def lines(self) -> list[Line]:
        """One for each check, in course order."""
        return [line for exercise in self.result.exercises for line in self._lines_of(exercise)]

    def _lines_of(self, exercise: ExerciseResult) -> list[Line]:
        graded = sum(check.because != PENDING for check in exercise.checks)
        key = (exercise.id, graded)
        if key not in self.known:
            self.known[key] = _lines(exercise, self)
        return self.known[key]

    @property
    def graded(self) -> int:
        """How many checks were come to."""
        return sum(line.outcome is not Outcome.PENDING for line in self.lines)

    @property
    def notices(self) -> list[str]:
        """What has to be said of the whole: that it is not complete, that we failed, which walls there were."""
        broken = sum(line.outcome is Outcome.BROKEN for line in self.lines)
        told = [
            "" if self.complete else f"{self.word('incomplete')}. {self.word('incomplete_told')}",
            "" if self.complete else self.word("ci_graded_of", graded=self.graded, all=len(self.lines)),
            self.word("ci_broken", count=broken) if broken else "",
            self.walls,
        ]
        return [sentence for sentence in told if sentence]

    @property
    def score(self) -> str:
        """The points of the whole, as a sentence."""
        result = self.result
        points = self.word("points_of", score=result.score, max_score=result.max_score)
        percent = self.word("percent", percent=gist.percent(result.score, result.max_score))
        bonus = [self.word("bonus_points", points=result.stretch)] if result.stretch else []
        return self.word("comma").join([points, percent, *bonus])


def edition(result: Result, course: Course, lang: str, exercises: Iterable[str], **more: object) -> Edition:
    """What may be shown of `result`; `exercises` are those that are to be graded. The rest is as in Edition."""
    return Edition(_filled(withheld(result, course), course, exercises), course, lang, **more)  # type: ignore[arg-type]


def _filled(result: Result, course: Course, exercises: Iterable[str]) -> Result:
    """With what is still to come as pending."""
    if result.complete:
        return result
    found = {exercise.id: exercise for exercise in result.exercises}
    wanted = [name for name in exercises if name in course.exercises]
    parts = [
        _with_pending(found.get(name) or ExerciseResult(id=name, state=State.GRADED), course)
        for name in [*wanted, *(name for name in found if name not in wanted)]
    ]
    filled = replace(result, exercises=parts)
    filled.add_up()
    return filled


def _with_pending(exercise: ExerciseResult, course: Course) -> ExerciseResult:
    known = course.exercises.get(exercise.id)
    graded = {check.id for check in exercise.checks}
    pending = [
        CheckResult(
            id=name,
            function=check.function,
            section=check.section,
            verdict=Verdict.SKIPPED,
            because=PENDING,
            max_points=course.points(check),
            stretch=check.stretch,
        )
        for name, check in (known.checks.items() if known else ())
        if name not in graded
    ]
    return replace(exercise, checks=[*exercise.checks, *pending])


# --- lines


def _lines(exercise: ExerciseResult, of: Edition) -> list[Line]:
    names: set[tuple[str, str]] = set()
    lines: list[Line] = []
    for index, check in enumerate(exercise.checks, 1):
        number = explain.exercise_number(exercise.id)
        group = f"{number}.{explain.safe_line(check.function, 80)}"
        name = title = explain.title(exercise.id, check, of.course, of.lang)
        while (group, name) in names:
            name = f"{title} ({index})"
            index += 1
        names.add((group, name))
        outcome = _outcome(exercise, check)
        file, at = _place(exercise, check, outcome, of)
        short = f"{number.removeprefix('ex').lstrip('0') or number}.{len(lines) + 1}"
        told = {key: text for key, text in _told(exercise, check, outcome, of).items() if text}
        lines.append(Line(exercise, check, outcome, short, name, group, file, at, told))
    return lines


def _outcome(exercise: ExerciseResult, check: CheckResult) -> Outcome:
    if check.verdict is not Verdict.SKIPPED:
        return Outcome(check.verdict.value)
    if check.because == PENDING:
        return Outcome.PENDING
    return Outcome.UNLOADABLE if exercise.state is State.UNLOADABLE else Outcome.SKIPPED


def _place(exercise: ExerciseResult, check: CheckResult, outcome: Outcome, of: Edition) -> tuple[str, int | None]:
    """A file of the submission that is there, and a line in it, of the function where the failure has none of its own.

    A name that is not known there is not believed.
    """
    found: CheckResult | LoadError | None = exercise.error if outcome is Outcome.UNLOADABLE else check
    own = f"{explain.safe_line(exercise.id)}.py"
    named = explain.file_name(found.file) if found and found.file else own
    if found is None or (named != own and named not in of.files):
        return f"{of.prefix}{own}", None
    at = found.excerpt.first if found.line is None and found.excerpt and found.excerpt.of else found.line
    return f"{of.prefix}{named}", at


def _told(exercise: ExerciseResult, check: CheckResult, outcome: Outcome, of: Edition) -> dict[str, str]:
    if outcome is Outcome.UNLOADABLE:
        return _of_error(exercise, of)
    if outcome is Outcome.PENDING:
        return {"cause": of.word("ci_pending")}
    if outcome is Outcome.SKIPPED and exercise.state is not State.GRADED:
        return {"cause": of.word(f"told_{exercise.state.value}", file=f"{exercise.id}.py")}
    if outcome is Outcome.PASSED:
        return {}
    told = explain.explain(exercise.id, check, of.course, of.lang)
    if outcome is Outcome.SKIPPED:
        return {"cause": "\n".join(told.causes), "section": told.section}
    return {
        "expected": told.expected or "",
        "seen": told.seen or "",
        "cause": "\n".join(told.causes),
        "waiting": "\n".join(told.waiting),
        "your_line": "  ".join(part for part in (told.place, told.source) if part),
        "hint": told.hint or "",
        "section": "  ".join(part for part in (told.section, told.link) if part),
        "printed": told.output.rstrip("\n"),
    }


def _of_error(exercise: ExerciseResult, of: Edition) -> dict[str, str]:
    error = exercise.error
    told = of.word("told_unloadable", file=f"{explain.safe_line(exercise.id)}.py")
    if error is None:
        return {"cause": told}
    source = explain.safe_line((error.source or "").strip(), 400)
    line = "  ".join(part for part in (explain.place(error), source) if part)
    seen, advice = (say(error, of.course, of.lang) for say in (explain.error_text, explain.error_advice))
    return {"seen": seen, "cause": told, "your_line": line, "hint": advice}


def summary_line(line: Line, of: Edition) -> str:
    """The check's verdict, and the first thing to know of it, on one line."""
    reason = next((line.told[key] for key in ("cause", "waiting", "seen", "your_line") if key in line.told), "")
    verdict = of.word(_verdict_key(line))
    return f"{verdict}{of.word('colon')}{reason.splitlines()[0]}" if reason else verdict


def verdict(line: Line, of: Edition) -> str:
    """The word for what became of it."""
    return of.word(_verdict_key(line))


def _verdict_key(line: Line) -> str:
    if line.outcome is Outcome.PENDING:
        return "ci_pending"
    if line.outcome in (Outcome.UNLOADABLE, Outcome.SKIPPED) and line.exercise.state is not State.GRADED:
        return f"state_{line.exercise.state.value}"
    return f"verdict_{line.outcome.value}"


def text(line: Line, of: Edition) -> str:
    """All that is told of the check, as plain lines."""
    function = explain.function_name(line.check.function, of.course, of.lang)
    bonus = f" ({of.word('bonus')})" if line.check.stretch else ""
    head = f"{explain.exercise_number(line.exercise.id)} {function}{bonus}{of.word('colon')}{verdict(line, of)}"
    parts = [f"{of.word(key)}{of.word('colon')}" + line.told[key].replace("\n", "\n    ") for key in explain.FIELDS
             if key in line.told]  # fmt: skip
    return "\n".join([head, *parts])
