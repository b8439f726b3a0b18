"""Folders to grade, and the orders that the command gives for them: where nothing is to be graded, nothing is."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
import small_course
from world import written

from grader.grading import judging, run, twins
from grader.grading.orders import Order
from grader.result import CheckResult, ExerciseResult, Result, State, Verdict

EX12 = "ex12_iterators"
SMALL = small_course.EXERCISE
WRONG = small_course.SOLUTION.replace(small_course.DOUBLE, "    return None")


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """What would have been graded: nothing is."""
    taken: list[Order] = []

    def take(order: Order, *_: object) -> Result:
        taken.append(order)
        return result_of(CheckResult(id="check_x", function="take", section="7.15", verdict=Verdict.PASSED))

    monkeypatch.setattr(twins, "grade", take)
    monkeypatch.setattr(judging, "started", contextlib.nullcontext)
    monkeypatch.setattr(run, "brief", lambda *_: None)
    return taken


def result_of(*checks: CheckResult, complete: bool = True) -> Result:
    exercise = ExerciseResult(id=EX12, state=State.GRADED, checks=list(checks))
    return Result(
        course="c", kit="1", python="3", start_method="fork", submission="s", sandbox="none", complete=complete,
        exercises=[exercise],
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "handed in", {f"{EX12}.py": ""})


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one exercise with four checks: quick to grade."""
    return small_course.make(tmp_path_factory.mktemp("course"))


def cli_json() -> bytes:
    from grader.result import to_json

    return to_json(result_of())
