"""A graded class, counted: what everybody's checks gave, how hard each check was, and who made which mistake.

Who uses it: classpage. What goes in: a gradebook, and the results one after the other, none of which is kept. What
comes out: a Tally. A mistake is a cause that a check was given, a wait that never ends, or a file that cannot be
loaded; it counts once for each student, however many checks show it.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from grader.course import Course
from grader.gradebook import Entry, Gradebook
from grader.result import FAULTS, CheckResult, ExerciseResult, Result, State, Verdict
from grader.words import gist

LETTERS = dict(zip(Verdict, "pfcsnb", strict=True))  # one for each check, in the order of the course
NONE = "n"
NO_MISTAKES = {"nothing_else_passed"}  # causes that tell of another check


@dataclass(frozen=True)
class Part:
    """One exercise of one student."""

    state: State
    pattern: str  # a letter of LETTERS for each check
    anchor: str  # of the exercise on the student's page

    @property
    def passed(self) -> int:
        """How many checks of it passed."""
        return self.pattern.count(LETTERS[Verdict.PASSED])


@dataclass(frozen=True)
class Row:
    """One student with a result."""

    entry: Entry
    parts: dict[str, Part]  # by exercise; all that the course has

    @property
    def percent(self) -> int | None:
        """Rounded down; None where the result is not complete."""
        return gist.percent(self.entry.score, self.entry.max_score) if self.entry.is_whole else None


@dataclass
class Count:
    """What one check gave in the whole class."""

    exercise: str
    check: str
    verdicts: Counter[Verdict] = field(default_factory=Counter)

    @property
    def judged(self) -> int:
        """In how many submissions it was judged."""
        return sum(self.verdicts[verdict] for verdict in (Verdict.PASSED, *FAULTS))

    @property
    def failed(self) -> int:
        """How many of these did not pass."""
        return self.judged - self.verdicts[Verdict.PASSED]


@dataclass
class Mistake:
    """One mistake, and who made it where."""

    kind: str  # "cause", "wait" or "load"
    key: str  # a cause, what is waited for, or the class of an exception
    who: dict[str, str] = field(default_factory=dict)  # by the id of the entry: the anchor on the student's page
    where: Counter[tuple[str, str]] = field(default_factory=Counter)  # exercise and function
    sections: Counter[str] = field(default_factory=Counter)


@dataclass
class Tally:
    """All of it."""

    rows: list[Row] = field(default_factory=list)
    counts: dict[tuple[str, str], Count] = field(default_factory=dict)
    mistakes: dict[tuple[str, str], Mistake] = field(default_factory=dict)
    broken: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # by id: exercise and check

    def hardest(self, most: int) -> list[Count]:
        """The checks that the largest share did not pass."""
        found = [count for count in self.counts.values() if count.failed]
        return sorted(found, key=lambda count: (-count.failed / count.judged, -count.failed))[:most]

    def common(self) -> list[Mistake]:
        """The mistakes, those of most students first; what is not written yet comes last."""
        return sorted(self.mistakes.values(), key=lambda each: (each.key == "not_written", -len(each.who)))

    def percents(self) -> list[int]:
        """Of all that were graded."""
        return [row.percent for row in self.rows if row.percent is not None]

    def bins(self) -> list[int]:
        """How many have 0 to 9 %, 10 to 19 %, ... and last, how many have all."""
        found = Counter(min(percent, 100) // 10 for percent in self.percents())
        return [found[n] for n in range(11)]

    def exercises(self) -> list[str]:
        """Those that were graded, in the order of the course."""
        known = list(self.rows[0].parts) if self.rows else []
        return [name for name in known if any(row.parts[name].anchor for row in self.rows)]

    def median(self) -> int | None:
        """Of the percents, rounded down."""
        return int(statistics.median(percents)) if (percents := self.percents()) else None


def tally(gradebook: Gradebook, result_of: Callable[[Entry], Result | None], course: Course) -> Tally:
    """Counts the class; `result_of` gives the result of an entry, or None where there is none."""
    found = Tally(counts={(e, c): Count(e, c) for e, known in course.exercises.items() for c in known.checks})
    for entry in gradebook.entries:
        result = result_of(entry)
        if result is None:
            continue
        parts = {exercise.id: (n, exercise) for n, exercise in enumerate(result.exercises, 1)}
        found.rows.append(Row(entry, {name: _part(name, parts.get(name), course) for name in course.exercises}))
        for number, exercise in enumerate(result.exercises, 1):
            _take(found, entry, f"e{number}", exercise, course)
    return found


def _part(name: str, found: tuple[int, ExerciseResult] | None, course: Course) -> Part:
    checks = course.exercises[name].checks
    if found is None:
        return Part(State.MISSING, NONE * len(checks), "")
    number, exercise = found
    letters = {check.id: LETTERS[check.verdict] for check in exercise.checks}
    return Part(exercise.state, "".join(letters.get(check, NONE) for check in checks), f"e{number}")


def _take(found: Tally, entry: Entry, anchor: str, exercise: ExerciseResult, course: Course) -> None:
    if exercise.error is not None:
        mistake = _mistake(found, "load", exercise.error.type)
        mistake.who.setdefault(entry.id, anchor)
        mistake.where[exercise.id, ""] += 1
    for number, check in enumerate(exercise.checks, 1):
        if (count := found.counts.get((exercise.id, check.id))) is not None:
            count.verdicts[check.verdict] += 1
        if check.verdict is Verdict.BROKEN and (exercise.id, check.id) in found.counts:
            found.broken.setdefault(entry.id, []).append((exercise.id, check.id))
        if (sign := _sign(check, course)) is not None:
            mistake = _mistake(found, *sign)
            mistake.where[exercise.id, check.function] += entry.id not in mistake.who
            mistake.sections[check.section] += 1
            mistake.who.setdefault(entry.id, f"{anchor}c{number}")


def _mistake(found: Tally, kind: str, key: str) -> Mistake:
    return found.mistakes.setdefault((kind, key), Mistake(kind, key))


def _sign(check: CheckResult, course: Course) -> tuple[str, str] | None:
    """The mistake that a check shows; None where it shows none of a known form."""
    if check.verdict not in FAULTS or check.cause in NO_MISTAKES:
        return None
    if check.cause in course.causes and not (check.cause == "stuck" and check.waiting):
        return "cause", str(check.cause)
    theirs = [each.waits_for for each in check.waiting if each.waits_for != "held"]
    return ("wait", theirs[0]) if theirs and theirs[0] in course.waits else None
