"""The gist of a result: what is whole, what is at fault, what to do first. No words: explain has those.

Who uses it: console, report and the commands of a student. Pure functions from a Result or a part of it.
"""

from __future__ import annotations

from grader.result import FAULTS, CheckResult, ExerciseResult, Result, State, Verdict

TROUBLE = (*FAULTS, Verdict.BROKEN)
LEFT_OUT = ("no_such_function", "not_written")  # causes


def percent(score: int, max_score: int) -> int:
    """Rounded down, so that 100 means all."""
    return 100 * score // max_score if max_score else 0


def is_whole(exercise: ExerciseResult) -> bool:
    """Whether nothing is left to do in the exercise but, perhaps, its bonus."""
    asked = [check for check in exercise.checks if not check.stretch and check.counts]
    return exercise.state is State.GRADED and bool(asked) and all(c.verdict is Verdict.PASSED for c in asked)


def exercise_to_be_at(result: Result) -> str:
    """The exercise to be at: the first that is begun and not complete, else the first not complete, else the first."""
    still = [found for found in result.exercises if not is_whole(found)]
    begun = [found for found in still if found.state in (State.GRADED, State.UNLOADABLE)]
    return next(iter([*begun, *still, *result.exercises])).id


def faults(exercise: ExerciseResult) -> list[CheckResult]:
    """The checks that tell of a fault: all in trouble, but for those of a bonus that was left out."""
    return [c for c in exercise.checks if c.verdict in TROUBLE and not (c.stretch and c.cause in LEFT_OUT)]


def repeats(exercise: ExerciseResult) -> dict[str, CheckResult]:
    """For each check that goes wrong in the same place for the same reason as one above it, by its id: that one."""
    first: dict[tuple[object, ...], CheckResult] = {}
    found = {}
    for check in faults(exercise):
        if check.cause or check.hang:
            earlier = first.setdefault((check.verdict, check.cause, check.hang, check.function, check.line), check)
            found.update({check.id: earlier} if earlier is not check else {})
    return found


def overall(exercise: ExerciseResult) -> Verdict:
    """One verdict for the exercise as a whole: the first of its faults, else whether it is complete."""
    if exercise.state is not State.GRADED:
        return Verdict.CRASHED if exercise.state is State.UNLOADABLE else Verdict.SKIPPED
    found = sorted((c for c in exercise.checks if c.verdict in TROUBLE), key=lambda c: c.verdict is Verdict.BROKEN)
    if is_whole(exercise) and all(c.stretch for c in found):
        return Verdict.PASSED
    return found[0].verdict if found else Verdict.SKIPPED


def next_step(result: Result) -> tuple[ExerciseResult, CheckResult | None] | None:
    """What to do first: the first fault in what is begun, else the first thing not begun, else a bonus, else None."""
    for exercise in result.exercises:
        if exercise.state is State.UNLOADABLE:
            return exercise, None
        for check in exercise.checks:
            if check.verdict in TROUBLE and check.verdict is not Verdict.BROKEN and not check.stretch:
                return exercise, check
    for exercise in result.exercises:
        if exercise.state in (State.MISSING, State.UNTOUCHED):
            return exercise, None
    bonus = [(e, c) for e in result.exercises for c in e.checks if c.stretch and c.verdict is not Verdict.PASSED]
    return bonus[0] if bonus else None
