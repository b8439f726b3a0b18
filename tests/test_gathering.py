"""Events of judges become a result, in whatever order they come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader import course as courses
from grader.grading.gathering import Gathering
from grader.grading.orders import Order
from grader.result import State, Verdict

EXERCISES = ["ex01_first_process", "ex12_iterators"]
COURSE = courses.load()


def check(exercise: str, name: str, verdict: str) -> dict[str, Any]:
    told = COURSE.exercises[exercise].checks[name]
    return {
        "exercise": exercise,
        "check": {"id": name, "function": told.function, "section": told.section, "verdict": verdict, "max_points": 2},
    }


def test_check_that_is_broken_comes_before_anything_is_known_of_its_file(tmp_path: Path) -> None:
    steps: list[str] = []
    gathering = Gathering(Order(tmp_path, EXERCISES), COURSE, lambda result, exercise: steps.append(exercise.id), 1)
    gathering.take(check("ex12_iterators", "check_take_gives_the_next_values", "broken"))
    gathering.take({"exercise": {"id": "ex12_iterators", "state": "unloadable"}})
    gathering.take(check("ex12_iterators", "check_for_each_calls_action_in_order", "skipped"))
    result = gathering.fill_up("the judge has gone")
    assert steps == ["ex12_iterators"] * 2
    assert [each.id for each in result.exercises] == EXERCISES
    ex01, ex12 = result.exercises
    assert (ex01.state, {each.verdict for each in ex01.checks}) == (State.GRADED, {Verdict.BROKEN})
    assert ex12.state is State.UNLOADABLE
    assert [each.verdict for each in ex12.checks[:2]] == [Verdict.BROKEN, Verdict.SKIPPED]
    assert len(ex12.checks) == len(COURSE.exercises["ex12_iterators"].checks)


def test_judges_side_by_side_do_not_keep_the_order(tmp_path: Path) -> None:
    gathering = Gathering(Order(tmp_path, EXERCISES), COURSE, None, 2)
    for name in reversed(EXERCISES):
        gathering.take({"exercise": {"id": name, "state": "graded"}})
        assert not gathering.result.complete
        gathering.take({"done": True})
    assert gathering.result.complete
    assert [each.id for each in gathering.result.exercises] == EXERCISES
