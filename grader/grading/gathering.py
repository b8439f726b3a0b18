"""The result of an order in the making: the events of one judge, or of several side by side, go in.

Who uses it: run. After every check the result so far is whole and written, and whoever wants to know is told; what no
judge came to is `broken` in the end: our fault. Several threads may put something in. Where an exercise was divided, it
says what is to be asked again (shares.py), and takes that in place of what there was.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import msgspec

from grader import __version__, places
from grader.course import Course
from grader.grading.orders import Order
from grader.grading.shares import Faulty, Rests, Share, all_of, doubtful
from grader.result import CheckResult, ExerciseResult, Result, State, Verdict, write_atomically

OnStep = Callable[[Result, ExerciseResult], None]


class Gathering:
    """One result; `shares` is how many judges have to be done until it is complete."""

    def __init__(self, order: Order, course: Course, on_step: OnStep | None, shares: int) -> None:
        self.result = blank(order, course)
        self._order, self._course, self._on_step, self._shares = order, course, on_step, shares
        self._begun = time.monotonic()
        self._lock = threading.Lock()
        self._rests: dict[str, dict[str, Rests]] = {}  # by exercise and check
        self._states: dict[str, set[State]] = {}  # that judges have told of an exercise

    def take(self, event: dict[str, Any]) -> None:
        """Puts one event in; raises OSError where the result cannot be written."""
        with self._lock:
            exercise = self._put(event)
            self.result.duration_s = round(time.monotonic() - self._begun, 3)
            if exercise is not None:
                if self._is_settled(exercise):
                    _withhold(exercise, self._course)
                self._hand_on(exercise)

    def _put(self, event: dict[str, Any]) -> ExerciseResult | None:
        """Puts one event into the result; the exercise that has one more check."""
        result = self.result
        if "begun" in event:
            result.python, result.start_method = event["begun"]["python"], event["begun"]["start_method"]
        elif "check" in event:
            exercise = self._of(event["exercise"])
            self._put_check(exercise, msgspec.convert(event["check"], CheckResult), event.get("rests", {}))
            return exercise
        elif "exercise" in event:
            told = msgspec.convert(event["exercise"], ExerciseResult)
            exercise = self._of(told.id)
            self._states.setdefault(told.id, set()).add(told.state)
            exercise.state, exercise.error = told.state, told.error
        elif "done" in event:
            self._shares -= 1
            result.complete = self._shares == 0
        return None

    def _put_check(self, exercise: ExerciseResult, check: CheckResult, rests: Rests) -> None:
        """In its place, where it may be already."""
        self._rests.setdefault(exercise.id, {})[check.id] = rests
        exercise.checks[:] = [*(known for known in exercise.checks if known.id != check.id), check]
        _sort_checks(exercise, self._course)

    def _is_settled(self, exercise: ExerciseResult) -> bool:
        """Whether all its checks are there, and none is to be asked again."""
        is_whole = len(exercise.checks) == len(self._course.exercises[exercise.id].checks)
        return is_whole and exercise.id not in self._torn() and not self._doubtful(exercise)

    def _torn(self) -> list[str]:
        """The exercises of which two judges have told different states."""
        return [name for name, states in self._states.items() if len(states) > 1]

    def _doubtful(self, exercise: ExerciseResult) -> dict[str, list[str]]:
        return doubtful(exercise.checks, self._rests.get(exercise.id, {}))

    def again(self) -> tuple[Share, Faulty]:
        """What one judge is to ask again, by exercise; and for each check in doubt, the functions that are faulty.

        An exercise that one judge could load and another one could not is asked again whole.
        """
        faulty = {each.id: found for each in self.result.exercises if (found := self._doubtful(each))}
        share = {name: list(found) for name, found in faulty.items()} | all_of(self._torn(), self._course)
        for name in self._torn():
            self._of(name).checks.clear()
            del self._states[name]
            faulty.pop(name, None)
        if share:
            self._shares, self.result.complete = self._shares + 1, False
        return share, faulty

    def _of(self, name: str) -> ExerciseResult:
        """The exercise as far as it is graded; a check that is broken may come before anything is known of its file."""
        for exercise in self.result.exercises:
            if exercise.id == name:
                return exercise
        exercise = ExerciseResult(id=name, state=State.GRADED)
        self.result.exercises.append(exercise)
        self._sort()
        return exercise

    def _hand_on(self, exercise: ExerciseResult) -> None:
        self.result.add_up()
        if self._order.json:
            write_atomically(self._order.json, msgspec.json.encode(self.result))  # indented at the end, once
        if self._on_step:
            self._on_step(self.result, exercise)

    def fill_up(self, failure: str) -> Result:
        """The result, in which what no judge came to is broken: for that `failure`."""
        for exercise in self.result.exercises:
            in_doubt = self._doubtful(exercise)
            exercise.checks[:] = [check for check in exercise.checks if check.id not in in_doubt]
        for name in self._order.exercises:
            _fill_up(self._of(name), self._course, failure or "the judge did not come to it")
        self.result.add_up()
        return self.result

    def _sort(self) -> None:
        """Judges side by side do not keep the order of the exercises."""
        self.result.exercises.sort(key=lambda exercise: self._order.exercises.index(exercise.id))


def blank(order: Order, course: Course) -> Result:
    """The result before anything is graded."""
    return Result(
        course=course.id,
        kit=__version__,
        python="",
        start_method=order.start_method or "",
        submission=order.name or places.as_text(order.folder.resolve().name),
        sandbox=order.tier,
        submitted_at=order.submitted_at,
        key=order.key,
    )


def _withhold(exercise: ExerciseResult, course: Course) -> None:
    """Once all checks are there: what passed because nothing happened at all earns nothing."""
    checks = course.exercises[exercise.id].checks
    passed = [check for check in exercise.checks if check.verdict is Verdict.PASSED]
    shown = {check.function for check in passed if not checks[check.id].absence}
    for check in passed:
        beside = shown if check.function == "import" else shown & {check.function}
        if checks[check.id].absence and not beside:
            check.verdict, check.points, check.cause = Verdict.SKIPPED, 0, "nothing_else_passed"


def _sort_checks(exercise: ExerciseResult, course: Course) -> None:
    order = list(course.exercises[exercise.id].checks)
    exercise.checks.sort(key=lambda check: order.index(check.id))


def _fill_up(exercise: ExerciseResult, course: Course, failure: str) -> None:
    """What the judge did not get to is broken."""
    graded = {check.id for check in exercise.checks}
    for key, check in course.exercises[exercise.id].checks.items():
        if key not in graded:
            exercise.checks.append(
                CheckResult(
                    id=key,
                    function=check.function,
                    section=check.section,
                    verdict=Verdict.BROKEN,
                    max_points=course.points(check),
                    stretch=check.stretch,
                    facts={"error": failure},
                )
            )
    _sort_checks(exercise, course)
