"""Graded classes, made up, for the tests of what comes out of a batch.

Who uses it: test_fill, test_sheets, test_export, test_classpage, test_headway. `entry` is one submission; `crowd` is a
class of any size whose results have causes in them; `lay` writes a folder as `grade batch` does.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from grader import course as courses
from grader import gradebook
from grader.course import Course
from grader.gradebook import Entry, EntryState, Gradebook
from grader.result import CheckResult, ExerciseResult, LoadError, Result, State, Verdict, Waiting


def entry(name: str, **fields: Any) -> Entry:
    """A submission that was graded, with 61 of 70 points; its id is the name without blanks where none is given."""
    known = {
        "id": name.replace(" ", "_").lower(), "name": name, "state": EntryState.GRADED, "score": 61, "max_score": 70,
        "verdicts": {"passed": 40, "failed": 5},
    }  # fmt: skip
    made = Entry(**{**known, **fields})
    return made if "result" in fields else replace(made, result=gradebook.result_of(made))


def book(*entries: Entry) -> Gradebook:
    """A gradebook of these."""
    return Gradebook(course="python-processes", kit="1.0.0", entries=list(entries))


def lay(folder: Path, made: Gradebook) -> Path:
    """`folder`, with the gradebook in it."""
    folder.mkdir(exist_ok=True)
    (folder / gradebook.SUMMARY).write_bytes(gradebook.to_json(made))
    return folder


FAMILY = ("Lovelace", "Hopper", "Turing", "Curie", "Noether", "Dijkstra", "Knuth", "Ödön", "van Rossum", "Liskov")
GIVEN = ("Ada", "Grace", "Alan", "Marie", "Emmy", "Edsger", "Donald", "Zoë", "Guido", "Barbara", "王小明", "李雷")
CAUSES = ("joined_before_drained", "returned_nothing", "did_not_wait", "ran_in_your_process", "never_started", "raised")


def crowd(size: int, seed: int = 7) -> tuple[Gradebook, dict[str, Result]]:
    """A class of the kit's own course, with the result of each by id: good, bad, and some without."""
    dice, course, results = random.Random(seed), courses.load(), {}
    entries = []
    for number in range(size):
        name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}"
        made = entry(name, id=f"s{number:04}", student_id=str(1000 + number), submitted_at="2026-03-01T20:15:00+01:00")
        if number % 17 == 16:
            made.state, made.result, made.reason = EntryState.REFUSED, None, "the archive is encrypted"
        elif number % 19 == 18:
            made.state, made.result = EntryState.MISSING, None
        else:
            results[made.id] = result = _result(course, dice, dice.random(), number)
            made.score, made.max_score, made.stretch = result.score, result.max_score, result.stretch
            made.result, made.late = f"submissions/{made.id}/result.json", number % 11 == 0
        entries.append(made)
    return book(*entries), results


def _result(course: Course, dice: random.Random, skill: float, number: int) -> Result:
    made = Result(course=course.id, kit="1.0.0", python="3.12.1", start_method="fork", submission="x", sandbox="none")
    for at, name in enumerate(course.exercises):
        state = State.GRADED if dice.random() < skill + 0.6 else dice.choice(list(State)[1:])
        checks = [_check(course, name, check, state, dice, skill - at / 30) for check in course.exercises[name].checks]
        made.exercises.append(ExerciseResult(id=name, state=state, checks=checks))
        if state is State.UNLOADABLE:
            made.exercises[-1].error = LoadError(type="SyntaxError", text="expected ':'", line=8)
    if number % 23 == 5:
        made.exercises[0].checks[0].verdict, made.exercises[0].checks[0].points = Verdict.BROKEN, 0
    made.complete = True
    made.add_up()
    return made


def _check(course: Course, exercise: str, name: str, state: State, dice: random.Random, skill: float) -> CheckResult:
    known = course.exercises[exercise].checks[name]
    points = course.points(known)
    made = CheckResult(id=name, function=known.function, section=known.section, verdict=Verdict.PASSED,
                       points=points, max_points=points, stretch=known.stretch)  # fmt: skip
    if state is not State.GRADED:
        made.verdict, made.points = Verdict.SKIPPED, 0
    elif dice.random() > skill + 0.3:
        made.verdict, made.points = dice.choice((Verdict.FAILED, Verdict.FAILED, Verdict.CRASHED, Verdict.STUCK)), 0
        made.cause = dice.choice(CAUSES)
        if made.verdict is Verdict.STUCK:
            waits_for = dice.choice(("join", "queue_get"))
            made.cause, made.waiting = "stuck", [Waiting(who="main", pid=1, waits_for=waits_for)]
    return made
