"""One mutant, graded as a submission: killed as soon as a check does not pass."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from grader.course import Course
from grader.grading import run
from grader.grading.orders import Order
from grader.result import ExerciseResult, Result, State, Verdict


class Broke(Exception):
    """A check could not tell: the grader's own fault."""


class _Enough(Exception):
    """It is killed: the other checks need not be asked."""


def is_killed(code: str, exercise: str, course: Course, tier: str = "auto") -> bool:
    """Whether a check of `exercise` notices that `code` is not right; raises Broke where one could not tell."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        path = Path(folder)
        (path / f"{exercise}.py").write_text(code, "utf-8")
        try:
            result = run.grade(Order(folder=path, exercises=[exercise], tier=tier), course, _until_killed())
        except _Enough:
            return True
    if Verdict.BROKEN in result.verdicts():
        raise Broke("the judge ended early")
    return result.exercises[0].state is not State.GRADED


def _until_killed() -> Callable[[Result, ExerciseResult], None]:
    def step(result: Result, exercise: ExerciseResult) -> None:
        verdict = exercise.checks[-1].verdict
        if verdict is Verdict.BROKEN:
            raise Broke(f"{exercise.checks[-1].id}: {exercise.checks[-1].facts}")
        if verdict is not Verdict.PASSED:
            raise _Enough

    return step
