"""The trials of `grade verify`: which exhibits are graded under which start methods, and what comes of each.

Who uses it: verify. What goes in: a Plan. What comes out: the outcomes, in the order of the trials. Each trial is a
submission of its own to one of the judges; as many run at one time as the plan says, beside busy loops if it says so.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fnmatch import fnmatch

from grader import places
from grader.course import Course
from grader.grading.judges import Judges
from grader.grading.orders import Order
from grader.proving import busy, exhibits
from grader.proving.exhibits import Exhibit
from grader.result import ExerciseResult
from grader.walls import tiers


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


def of_course(plan: Plan, course: Course, chosen: list[str]) -> Iterator[Trial]:
    """All trials, exercise by exercise."""
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
    names = (exhibit.name, exhibit.path.name)
    fits = only is None or any(only in name or fnmatch(name, only) for name in names)
    return fits and exhibit.header.is_of_this_python


def _methods(exhibit: Exhibit, asked: list[str]) -> list[str] | list[None]:
    """The start methods that an exhibit is tried under."""
    known = multiprocessing.get_all_start_methods()
    if exhibit.kind == "stub":
        return [None]
    if exhibit.header.under:
        return [method for method in exhibit.header.under if method in known and (not asked or method in asked)]
    return asked or (known if exhibit.kind == "solution" else [None])


def outcomes(plan: Plan, course: Course, trials: list[Trial]) -> Iterator[Outcome]:
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
    others = beside(exhibit, home, course)
    with exhibits.handed_in(exhibit, [home.solutions / f"{name}.py" for name in others]) as folder:
        order = Order(
            folder=folder,
            exercises=[exhibit.exercise, *others],
            home=home,
            tier=tier,
            start_method=trial.start_method,
            everywhere=exhibit.header.portability is not None,
        )
        result = judges.grade(order)
    graded = {exercise.id: exercise for exercise in result.exercises}
    for check in (check for exercise in result.exercises for check in exercise.checks):
        check.output, check.timeline = "", []  # nobody asks for them any more
    return Outcome(trial, graded[exhibit.exercise], *(graded[name] for name in others))


def beside(exhibit: Exhibit, home: places.Home, course: Course) -> list[str]:
    """The exercise whose solution is handed in with a cheat, to see that it comes to no harm: the next one."""
    if exhibit.kind != "cheat":
        return []
    names = list(course.exercises)
    here = names.index(exhibit.exercise)
    others = [name for name in names[here + 1 :] + names[:here] if course.exercises[name].checks]
    return [name for name in others if (home.solutions / f"{name}.py").is_file()][:1]
