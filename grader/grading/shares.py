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
    """At most `count` shares with about as many checks each, every one of them in the course's order."""
    whole = all_of(exercises, course)
    if len(exercises) < 2 * count:
        return [found for found in (_every(count, first, whole) for first in range(count)) if found]
    found: list[Share] = [{} for _ in range(count)]
    for name in sorted(exercises, key=lambda name: -len(whole[name])):
        min(found, key=_size)[name] = whole[name]
    return [{name: share[name] for name in exercises if name in share} for share in found]


def _every(count: int, first: int, whole: Share) -> Share:
    """One check in `count`, from the `first` on: what takes long often stands side by side."""
    return {name: part for name, checks in whole.items() if (part := checks[first::count])}


def _size(share: Share) -> int:
    return sum(map(len, share.values()))


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
