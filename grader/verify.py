"""A course proves itself: every stub, solution and submission that shows what a check does is graded, and has to come
out as it should; and no word, file or check is left over.

Who uses it: cli. What goes in: a Plan. What comes out: a Proof, with a line for each thing in which the course falls
short. Reading comes first (wording.py); then all trials run, an exhibit under a start method each, in threads that
share some judges; each outcome is compared with what its exhibit stands for (shortfalls.py); last comes what only all
of them together show: the checks that no `wrong_` submission fails first, the causes that none shows, and, where there
were several rounds, the verdicts that changed.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fnmatch import fnmatch

import msgspec

from grader import __version__, busy, exhibits, places, run, shortfalls, tiers, wording
from grader import course as courses
from grader.course import Course
from grader.exhibits import Exhibit
from grader.judges import Judges
from grader.proof import Proof, Shortfall, once_each
from grader.result import ExerciseResult

NO_SUBMISSIONS = "There is no folder of submissions here: the stubs and the solutions alone were graded."


@dataclass
class Plan:
    """What is to be verified, and how thoroughly."""

    home: places.Home = places.KIT
    choose: Callable[[list[str]], list[str]] = list  # which of the course's exercises
    only: str | None = None  # exhibits whose name contains it, or fits it as a pattern
    start_methods: list[str] = field(default_factory=list)  # for everything; none: each for solutions, else the default
    tier: str = "auto"
    jobs: int = 2
    rounds: int = 1
    load: int = 0


@dataclass(frozen=True)
class Trial:
    """One exhibit to be graded under one start method, in one round."""

    exhibit: Exhibit
    start_method: str | None = None  # None: Python's own default
    number: int = 1  # of the round


@dataclass(frozen=True)
class Outcome:
    """What came of a trial."""

    trial: Trial
    graded: ExerciseResult
    beside: ExerciseResult | None = None  # the right exercise that a cheat was handed in with


OnStep = Callable[[Trial, list[Shortfall]], None]


def verify(plan: Plan, on_begin: Callable[[list[Trial]], None], on_step: OnStep) -> Proof:
    """Lets the course prove itself; `on_begin` is told of all trials, `on_step` of each and where it falls short.

    Raises NoWall where the sandbox cannot be had, OSError where a file cannot be read.
    """
    begun, proof = time.monotonic(), _empty(plan)
    try:
        course = courses.load(plan.home.course)
    except msgspec.DecodeError as error:
        proof.shortfalls = [Shortfall(kind="words", where="course.toml", what=str(error))]
        return proof
    chosen = plan.choose(list(course.exercises))
    trials = list(_trials(plan, course, chosen))
    on_begin(trials)
    found = list(_words(plan, course, chosen))
    outcomes = []
    for outcome in _outcomes(plan, course, trials):
        short = list(_fallen_short(outcome))
        found += short
        outcomes.append(outcome)
        on_step(outcome.trial, short)
    found += _all_together(plan, course, chosen, outcomes)
    proof.exhibits = Counter(exhibit.kind for exhibit in {trial.exhibit: None for trial in trials})
    proof.course, proof.trials, proof.shortfalls = course.id, len(trials), once_each(found)
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


def _words(plan: Plan, course: Course, chosen: list[str]) -> Iterator[Shortfall]:
    if plan.only:
        return
    for exercise in chosen:
        yield from wording.of_exercise_words(plan.home, course, exercise)
    if chosen == list(course.exercises):
        yield from wording.of_course_words(plan.home, course)


# --- trials


def _trials(plan: Plan, course: Course, chosen: list[str]) -> Iterator[Trial]:
    for exercise in chosen:
        if course.exercises[exercise].checks:
            wanted = [each for each in exhibits.of_exercise(plan.home, exercise) if _is_wanted(each, plan.only)]
            yield from (
                Trial(exhibit, method, number)
                for exhibit in wanted
                for method in _methods(exhibit, plan.start_methods)
                for number in range(1, plan.rounds + 1)
            )


def _is_wanted(exhibit: Exhibit, only: str | None) -> bool:
    return only is None or only in exhibit.name or fnmatch(exhibit.name, only)


def _methods(exhibit: Exhibit, asked: list[str]) -> list[str] | list[None]:
    """The start methods that an exhibit is tried under."""
    known = multiprocessing.get_all_start_methods()
    if exhibit.kind == "stub":
        return [None]
    if exhibit.header.under:
        return [method for method in exhibit.header.under if method in known and (not asked or method in asked)]
    return asked or (known if exhibit.kind == "solution" else [None])


def _outcomes(plan: Plan, course: Course, trials: list[Trial]) -> Iterator[Outcome]:
    """The outcomes, in the order of the trials."""
    tier = tiers.choose(plan.tier)
    with busy.loops(plan.load), Judges(plan.home, course) as judges, _threads(plan.jobs) as threads:
        waiting = [threads.submit(_try, trial, judges, plan.home, course, tier) for trial in trials]
        yield from (done.result() for done in waiting)


@contextlib.contextmanager
def _threads(count: int) -> Iterator[ThreadPoolExecutor]:
    threads = ThreadPoolExecutor(count)
    try:
        yield threads
    finally:
        threads.shutdown(cancel_futures=True)


def _try(trial: Trial, judges: Judges, home: places.Home, course: Course, tier: str) -> Outcome:
    exhibit = trial.exhibit
    beside = _beside(exhibit, home, course)
    with exhibits.handed_in(exhibit, [home.solutions / f"{name}.py" for name in beside]) as folder:
        order = run.Order(
            folder=folder,
            exercises=[exhibit.exercise, *beside],
            home=home,
            tier=tier,
            start_method=trial.start_method,
            everywhere=exhibit.header.portability is not None,
        )
        result = judges.grade(order)
    graded = {exercise.id: exercise for exercise in result.exercises}
    for check in (check for exercise in result.exercises for check in exercise.checks):
        check.output, check.timeline = "", []  # nobody asks for them any more
    return Outcome(trial, graded[exhibit.exercise], *(graded[name] for name in beside))


def _beside(exhibit: Exhibit, home: places.Home, course: Course) -> list[str]:
    """The exercise whose solution is handed in with a cheat, to see that it comes to no harm: the next one."""
    if exhibit.kind != "cheat":
        return []
    there = [
        name for name, known in course.exercises.items() if known.checks and (home.solutions / f"{name}.py").is_file()
    ]
    after = [name for name in there if name > exhibit.exercise]
    return [name for name in [*after, *there] if name != exhibit.exercise][:1]


# --- what they show


def _fallen_short(outcome: Outcome) -> Iterator[Shortfall]:
    trial = outcome.trial
    told = list(shortfalls.of_exhibit(trial.exhibit, outcome.graded))
    if outcome.beside:
        told += shortfalls.of_beside(outcome.beside)
    for kind, what in told:
        yield Shortfall(kind=kind, where=trial.exhibit.name, what=what, start_method=trial.start_method)


def _all_together(plan: Plan, course: Course, chosen: list[str], outcomes: list[Outcome]) -> Iterator[Shortfall]:
    yield from _changed(outcomes)
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


def _changed(outcomes: Iterable[Outcome]) -> Iterator[Shortfall]:
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
