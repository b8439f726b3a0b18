"""What the plugin keeps: of the job that is graded, and of the check that is at work.

Who uses it: pytest_plugin, which fills it, and outcomes, which reads what has come of a check.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO

import pytest

from grader import course as courses
from grader.judge import jobs
from grader.judge.case import Case
from grader.judge.examine import Examined, examine
from grader.judge.jobs import Job
from grader.limits import Limits
from grader.result import CheckResult, ExerciseResult, State
from grader.walls.sandbox import Sandbox


@dataclass
class Judge:
    """What the plugin keeps while it grades one job."""

    job: Job
    course: courses.Course
    sandbox: Sandbox
    events: TextIO
    examined: dict[str, Examined] = field(default_factory=dict)
    exhausted: set[tuple[str, str]] = field(default_factory=set)  # functions that have used up all that they may
    faulty: set[tuple[str, str]] = field(default_factory=set)  # (exercise, function) that a check has found fault with
    begun: float = field(default_factory=time.monotonic)

    def tell(self, **event: Any) -> None:
        """Writes one event for run."""
        jobs.tell(self.events, **event)

    def is_over_budget(self) -> bool:
        """Whether the submission has used up all the time that it may."""
        return self.job.limits.budget_s is not None and time.monotonic() - self.begun > self.job.limits.budget_s

    def state_of(self, exercise: str, look: bool = True) -> Examined:
        """The state of an exercise; found out, and told, when it is first asked for. Without a `look` it is graded."""
        if exercise not in self.examined and not look:
            self.examined[exercise] = Examined(State.GRADED)
            self.tell(exercise=ExerciseResult(id=exercise, state=State.GRADED))
        if exercise not in self.examined:
            stub = (Path(self.job.stubs) / f"{exercise}.py").read_text("utf-8")
            functions = sorted({check.function for check in self.course.exercises[exercise].checks.values()})
            found = examine(self.sandbox, exercise, stub, functions, self.job.start_method)
            self.examined[exercise] = found
            self.tell(exercise=ExerciseResult(id=exercise, state=found.state, error=found.error))
        return self.examined[exercise]

    def faulty_for(self, exercise: str, check: str) -> frozenset[str]:
        """The functions of an exercise that a check is to take to be faulty: what the job says, else what was found."""
        found = (function for where, function in self.faulty if where == exercise)
        return frozenset(self.job.faulty.get(exercise, {}).get(check, found))

    def limits_for(self, exercise: str, check: courses.Check) -> Limits:
        """What a check may take: a function that hung in one check has less time to hang in the others."""
        limits = self.job.limits
        if (exercise, check.function) not in self.exhausted:
            return limits
        return replace(limits, cpu_s=limits.cpu_s / 4, patience_s=limits.patience_s / 4)


JUDGE = pytest.StashKey[Judge]()
RESULT = pytest.StashKey[CheckResult]()
SIDES = pytest.StashKey[tuple[str, str]]()
RAW = pytest.StashKey[tuple[object, object]]()
CASE = pytest.StashKey[Case]()
OPEN = pytest.StashKey[contextlib.ExitStack]()  # what closes the case
