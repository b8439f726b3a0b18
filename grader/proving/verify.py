"""A course proves itself: every stub, solution and submission that shows what a check does is graded, and has to come
out as it should; and no word, file or check is left over.

Who uses it: the command. What goes in: a Plan. What comes out: a Proof, with a line for each thing in which the course
falls short. Reading comes first (wording.py); then all trials run, an exhibit under a start method each, in threads
that share some judges; each outcome is compared with what its exhibit stands for (shortfalls.py); last comes what only
all of them together show: the checks that no `wrong_` submission fails first, the causes that none shows, and, where
there were several rounds, the verdicts that changed.
"""

from __future__ import annotations

import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import msgspec

from grader import __version__
from grader import course as courses
from grader.course import Course
from grader.places import Home
from grader.proving import shortfalls, trials, wording
from grader.proving.exhibits import Exhibit
from grader.proving.proof import Proof, Shortfall, once_each
from grader.proving.trials import Outcome, Plan, Trial
from grader.walls import tiers

NO_SUBMISSIONS = "There is no folder of submissions here: the stubs and the solutions alone were graded."
OnBegin = Callable[[list[Trial]], None]
OnStep = Callable[[Trial, list[Shortfall]], None]


def verify(plan: Plan, on_begin: OnBegin, on_step: OnStep) -> Proof:
    """Lets the course prove itself; `on_begin` is told of all trials, `on_step` of each and where it falls short.

    Raises NoWall where the sandbox cannot be had, OSError where a file cannot be read.
    """
    begun, proof = time.monotonic(), _empty(plan)
    proof.shortfalls = list(_unreadable(plan.home))
    if not proof.shortfalls:
        _prove(plan, courses.load(plan.home.course), proof, on_begin, on_step)
    proof.duration_s = round(time.monotonic() - begun, 1)
    return proof


def _empty(plan: Plan) -> Proof:
    return Proof(
        kit=__version__,
        python=platform.python_version(),
        sandbox=tiers.choose(plan.tier),
        rounds=plan.rounds,
        load=plan.load,
        notes=[] if plan.home.submissions.is_dir() else [NO_SUBMISSIONS],
    )


def _unreadable(home: Home) -> Iterator[Shortfall]:
    """Without what is told here nothing else can be said."""
    try:
        course = courses.load(home.course)
    except msgspec.DecodeError as error:
        yield Shortfall(kind="words", where="course.toml", what=str(error))
    else:
        yield from wording.of_syntax(home, course)


def _prove(plan: Plan, course: Course, proof: Proof, on_begin: OnBegin, on_step: OnStep) -> None:
    chosen = plan.choose(list(course.exercises))
    planned = list(trials.of_course(plan, course, chosen))
    on_begin(planned)
    found = list(_words(plan, course, chosen))
    outcomes = []
    for outcome in trials.outcomes(plan, course, planned):
        short = list(_fallen_short(outcome))
        on_step(outcome.trial, short)
        found += short
        outcomes.append(outcome)
    found += _all_together(plan, course, chosen, outcomes)
    proof.exhibits = Counter(exhibit.kind for exhibit in dict.fromkeys(trial.exhibit for trial in planned))
    proof.whole = not plan.only and chosen == list(course.exercises)
    proof.course, proof.trials, proof.shortfalls = course.id, len(planned), once_each(found)


def _words(plan: Plan, course: Course, chosen: list[str]) -> Iterator[Shortfall]:
    if plan.only:
        return
    for exercise in chosen:
        yield from wording.of_exercise_words(plan.home, course, exercise)
    if chosen == list(course.exercises):
        yield from wording.of_course_words(plan.home, course)


def _fallen_short(outcome: Outcome) -> Iterator[Shortfall]:
    trial = outcome.trial
    told = list(shortfalls.of_exhibit(trial.exhibit, outcome.graded))
    if outcome.beside:
        told += shortfalls.of_beside(outcome.beside)
    for kind, what in told:
        yield Shortfall(kind=kind, where=trial.exhibit.name, what=what, start_method=trial.start_method)


# --- what they show together


def _all_together(plan: Plan, course: Course, chosen: list[str], outcomes: list[Outcome]) -> Iterator[Shortfall]:
    yield from changed(outcomes)
    if plan.only or not plan.home.submissions.is_dir():
        return
    for exercise in chosen:
        yield from _uncaught(exercise, course, outcomes)
    if chosen == list(course.exercises):
        yield from wording.of_causes_shown(plan.home, _causes(outcomes))


def _uncaught(exercise: str, course: Course, outcomes: Iterable[Outcome]) -> Iterator[Shortfall]:
    wrong = [each.graded for each in outcomes if each.trial.exhibit.kind == "wrong" and each.graded.id == exercise]
    first = {found[0].id for graded in wrong if (found := shortfalls.failed(graded))}
    for name in course.exercises[exercise].checks:
        if name not in first:
            yield Shortfall(kind="uncaught", where=exercise, what=f"no wrong_ submission fails {name} first")


def _causes(outcomes: Iterable[Outcome]) -> set[str]:
    """The causes that were shown."""
    graded = [each.graded for each in outcomes]
    of_checks = {check.cause for exercise in graded for check in exercise.checks}
    return {cause for cause in of_checks | {row.cause for each in graded for row in each.portability} if cause}


def changed(outcomes: Iterable[Outcome]) -> Iterator[Shortfall]:
    """The checks that had different verdicts in different rounds."""
    seen: dict[tuple[Exhibit, str | None, str], Counter[str]] = {}
    for outcome in outcomes:
        for check in outcome.graded.checks:
            key = (outcome.trial.exhibit, outcome.trial.start_method, check.id)
            seen.setdefault(key, Counter())[check.verdict.value] += 1
    for (exhibit, method, name), verdicts in seen.items():
        if len(verdicts) > 1:
            what = f"{name} was " + ", ".join(f"{verdict} {times} times" for verdict, times in verdicts.most_common())
            yield Shortfall(kind="changed", where=exhibit.name, what=what, start_method=method)
