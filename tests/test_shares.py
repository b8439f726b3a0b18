"""What each of several judges asks, and which of their results are in doubt once they are put together."""

from __future__ import annotations

import itertools

from grader import course as courses
from grader.grading.shares import Share, doubtful, shares
from grader.result import CheckResult, Verdict

COURSE = courses.kit()
ALL = list(COURSE.exercises)
ONE, TWO, HEAVY = ALL[11], ALL[12], ALL[9]


def whole(parts: list[Share]) -> dict[str, list[str]]:
    """The checks of all shares, by exercise."""
    return {name: sorted(itertools.chain(*(part.get(name, []) for part in parts))) for name in ALL}


def in_order(part: Share) -> bool:
    orders = [[list(COURSE.exercises[name].checks).index(check) for check in part[name]] for name in part]
    return sorted(part) == list(part) and all(order == sorted(order) for order in orders)


def test_many_exercises_stay_whole_and_shares_are_about_as_large() -> None:
    parts = shares(ALL, COURSE, 2)
    sizes = [sum(map(len, part.values())) for part in parts]

    assert whole(parts) == {name: sorted(COURSE.exercises[name].checks) for name in ALL}
    assert sum(map(len, parts)) == len(ALL)
    assert all(map(in_order, parts))
    assert max(sizes) - min(sizes) <= max(len(exercise.checks) for exercise in COURSE.exercises.values())


def test_few_exercises_are_divided_check_by_check() -> None:
    for asked, count in (([ONE], 2), ([ONE, TWO], 2), ([TWO], 5)):
        parts = shares(asked, COURSE, count)
        sizes = [sum(map(len, part.values())) for part in parts]

        assert whole(parts) == {name: sorted(COURSE.exercises[name].checks) if name in asked else [] for name in ALL}
        assert all(map(in_order, parts))
        assert (len(parts), max(sizes) - min(sizes) <= len(asked)) == (count, True)


def test_check_that_takes_long_counts_for_several() -> None:
    huge = "check_work_copies_a_huge_file_in_blocks"
    first, second = (part[HEAVY] for part in shares([HEAVY], COURSE, 2))
    fewer, more = (first, second) if huge in first else (second, first)

    assert len(fewer) + COURSE.exercises[HEAVY].checks[huge].weight - 1 in (len(more) - 1, len(more), len(more) + 1)


def test_one_judge_has_it_all() -> None:
    assert shares([TWO, ONE], COURSE, 1) == [{name: list(COURSE.exercises[name].checks) for name in (TWO, ONE)}]


def test_there_is_no_share_without_a_check() -> None:
    checks = list(COURSE.exercises[ONE].checks)

    assert shares([ONE], COURSE, 100) == [{ONE: [check]} for check in checks]


def check(name: str, function: str, verdict: Verdict = Verdict.PASSED) -> CheckResult:
    return CheckResult(id=name, function=function, section="7.2", verdict=verdict)


def test_check_that_did_not_hear_of_an_earlier_fault_is_in_doubt() -> None:
    checks = [
        check("before", "run"),
        check("at fault", "start", Verdict.STUCK),
        check("heard", "run"),
        check("did not", "run", Verdict.FAILED),
        check("last", "stop"),
    ]
    rests = {"before": {"start": False}, "heard": {"start": True}, "did not": {"start": False}, "last": {"run": True}}

    assert doubtful(checks, rests) == {"did not": ["start"]}


def test_check_that_heard_of_a_fault_that_is_none_is_in_doubt() -> None:
    checks = [check("first", "start"), check("broken", "start", Verdict.BROKEN), check("second", "run")]

    assert doubtful(checks, {"second": {"start": True, "stop": False}}) == {"second": []}
