"""What each of several judges asks of one submission, and what has to be asked again for what another one has found.

Who uses it: run and gathering. A share is the checks that one judge asks, by exercise. Where the exercises are few,
each of them is divided, check by check. But a check may rest on a function that an earlier one finds fault with: then
ours stands in for it, so that nothing is blamed for what it builds on. A judge that did not hear of the fault in time
has asked as if there was none, or the other way round. It tells what it took each function for; so it shows which
results are in doubt, and once they are asked again, the whole is what one judge alone would have found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.course import Course
from grader.result import FAULTS, CheckResult

Share = dict[str, list[str]]
Faulty = dict[str, dict[str, list[str]]]  # by exercise and check: functions that a check is to take to be faulty
Rests = Mapping[str, bool]  # the functions that a check rests on: whether each was taken to be faulty


def all_of(exercises: Iterable[str], course: Course) -> Share:
    """The share of a judge that is alone."""
    return {name: list(course.exercises[name].checks) for name in exercises}


def shares(exercises: Sequence[str], course: Course, count: int) -> list[Share]:
    """At most `count` shares that take about as long, every one of them in the course's order."""
    found: list[Share] = [{} for _ in range(count)]
    weights = [0] * count
    for name, checks in _pieces(exercises, course, count):
        lightest = weights.index(min(weights))
        found[lightest].setdefault(name, []).extend(checks)
        weights[lightest] += _weight(course, name, checks)
    return [{name: share[name] for name in exercises if name in share} for share in found if share]


def _pieces(exercises: Sequence[str], course: Course, count: int) -> list[tuple[str, list[str]]]:
    """What is dealt out: one check at a time where the exercises are few, else whole exercises, the longest first."""
    whole = list(all_of(exercises, course).items())
    if len(exercises) < 2 * count:
        return [(name, [check]) for name, checks in whole for check in checks]
    return sorted(whole, key=lambda piece: -_weight(course, *piece))


def _weight(course: Course, exercise: str, checks: Iterable[str]) -> int:
    return sum(course.exercises[exercise].checks[check].weight for check in checks)


def doubtful(checks: Iterable[CheckResult], rests: Mapping[str, Rests]) -> dict[str, list[str]]:
    """Those of an exercise's checks, in the course's order, that took a function for what it is not; and the truth."""
    faulty: set[str] = set()
    found: dict[str, list[str]] = {}
    for check in checks:
        if any((name in faulty) != taken for name, taken in rests.get(check.id, {}).items()):
            found[check.id] = sorted(faulty)
        if check.verdict in FAULTS:
            faulty.add(check.function)
    return found
