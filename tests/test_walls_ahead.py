"""Walls that are put up before their job comes: the same result, whatever happens meanwhile, and nothing is left."""

from __future__ import annotations

import array
import concurrent.futures
import dataclasses
import fcntl
import os
import signal
import termios
from collections.abc import Iterator

import pytest
from runs import SMALL, small
from world import TIERS, linux, nothing_left, until

from grader import course as courses
from grader import places
from grader.course import Course
from grader.grading import ahead, judging, run
from grader.grading.orders import Order
from grader.kernel import processes
from grader.limits import Limits
from grader.result import Result

__all__ = ["small"]

pytestmark = [pytest.mark.outside, linux]


@pytest.fixture
def course(small: places.Home) -> Course:
    return courses.load(small.course)


@pytest.fixture
def judge(small: places.Home) -> Iterator[ahead.Process]:
    with nothing_left(), judging.judge(small) as waits:
        yield waits


def order(home: places.Home, tier: str = TIERS[0], **limits: int) -> Order:
    return Order(home.solutions, [SMALL], home, tier=tier, limits=Limits(**limits))


def up(judge: ahead.Process) -> int:
    """The PID of the fork whose walls are up: below it the harness runs."""
    until(lambda: any(map(is_harness, processes.below(judge.pid))))
    return min(processes.children(judge.pid))


def is_harness(pid: int) -> bool:
    """It is not what starts it, which has the same arguments."""
    command = processes.command(pid)
    return bool(command) and "python" in command[0] and "grade_harness" in command[-1]


def waiting_in(judge: ahead.Process) -> int:
    """How many bytes of its orders the judge has not read yet."""
    assert judge.stdin
    found = array.array("i", [0])
    fcntl.ioctl(judge.stdin, termios.FIONREAD, found)
    return found[0]


def score(result: Result) -> tuple[bool, int]:
    return result.complete, result.score


@pytest.mark.parametrize("tier", TIERS)
def test_job_is_graded_behind_walls_that_are_up(
    judge: ahead.Process, small: places.Home, course: Course, tier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    asked = order(small, tier)
    monkeypatch.setattr(asked.stop, "begun", begun.append)
    run.put_up_walls(judge, asked)
    fork = up(judge)

    assert score(run.grade(asked, course, by=judge)) == (True, 3)
    assert begun == [fork]
    assert score(run.grade(order(small, tier), course, by=judge)) == (True, 3)


def test_job_that_comes_together_with_its_walls_is_graded_once(
    judge: ahead.Process, small: places.Home, course: Course
) -> None:
    run.grade(order(small), course, by=judge)
    os.kill(judge.pid, signal.SIGSTOP)
    run.put_up_walls(judge, order(small))
    walls = waiting_in(judge)
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        first = threads.submit(run.grade, order(small), course, by=judge)
        until(lambda: waiting_in(judge) > walls)
        os.kill(judge.pid, signal.SIGCONT)
    untouched = dataclasses.replace(order(small), folder=small.exercises)

    assert score(first.result()) == (True, 3)
    assert score(run.grade(untouched, course, by=judge)) == (True, 0)


def test_fork_that_is_lost_before_its_job_costs_nothing(
    judge: ahead.Process, small: places.Home, course: Course
) -> None:
    run.put_up_walls(judge, order(small))
    os.kill(up(judge), signal.SIGKILL)

    assert score(run.grade(order(small), course, by=judge)) == (True, 3)


def test_job_with_other_walls_is_not_graded_behind_these(
    judge: ahead.Process, small: places.Home, course: Course
) -> None:
    run.put_up_walls(judge, order(small))
    result = run.grade(order(small, memory_mb=512), course, by=judge)

    assert score(result) == (False, 0)
    assert "a job with other walls" in result.exercises[0].checks[0].facts["error"]


def test_nothing_is_left_of_walls_whose_job_never_came(small: places.Home) -> None:
    with nothing_left(), judging.judge(small) as waits:
        run.put_up_walls(waits, order(small))
        below = processes.below(up(waits))
    assert [pid for pid in below if processes.command(pid)] == []
