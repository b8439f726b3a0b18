"""How much a failure reveals: a Result goes in, and comes out without what its course withholds from students.

Who uses it: ci and export, before anything is written: every format, the result as JSON and the page are made of what
is left, so that none of them can tell more. `grade run` on a student's own machine, where the course lies open, does
without. The teacher's switch is `reveal` in course.toml, for the course and for each check:

    full    all that is known
    own     only what the student's code did: what was seen, where, who waits for whom, what it printed; nothing of
            what the check expected: no expected side, no cause, no hint
    kind    only that it failed, and how: failed, crashed or stuck

Points and verdicts stay as they are. What is broken is our own fault, and told of in any case.
"""

from __future__ import annotations

from msgspec.structs import replace

from grader.course import Course
from grader.result import CheckResult, ExerciseResult, LoadError, Result, Reveal, State, Verdict


def withheld(result: Result, course: Course) -> Result:
    """`result` with only what may be told of it; itself unchanged."""
    return replace(result, exercises=[_exercise(exercise, course) for exercise in result.exercises])


def how_much(exercise: str, check: str, course: Course) -> Reveal:
    """What the course says of the check, else of itself."""
    found = course.exercises.get(exercise)
    own = found.checks[check].reveal if found and check in found.checks else None
    return own or course.reveal


def _exercise(exercise: ExerciseResult, course: Course) -> ExerciseResult:
    return replace(
        exercise,
        checks=[_check(check, how_much(exercise.id, check.id, course)) for check in exercise.checks],
        error=_error(exercise, course.reveal),
        portability=exercise.portability if course.reveal is Reveal.FULL else [],
    )


def _error(exercise: ExerciseResult, reveal: Reveal) -> LoadError | None:
    """Why a file cannot be loaded is what the student's code did."""
    return exercise.error if reveal is not Reveal.KIND and exercise.state is State.UNLOADABLE else None


def _check(check: CheckResult, reveal: Reveal) -> CheckResult:
    if reveal is Reveal.FULL or check.verdict is Verdict.BROKEN:
        return check
    if reveal is Reveal.OWN:
        own = [event for event in check.timeline if event.by != "check"]
        return replace(check, reveal=reveal, expected=None, cause=None, facts={}, timeline=own)
    return CheckResult(
        id=check.id,
        function=check.function,
        section=check.section,
        verdict=check.verdict,
        because=check.because,
        points=check.points,
        max_points=check.max_points,
        stretch=check.stretch,
        duration_s=check.duration_s,
        reveal=reveal,
    )
