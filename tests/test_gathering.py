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


def check(exercise: str, name: str, verdict: str, **rests: bool) -> dict[str, Any]:
    told = COURSE.exercises[exercise].checks[name]
    return {
        "exercise": exercise,
        "rests": rests,
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
    assert [(check.id, check.verdict) for check in ex12.checks if check.verdict is not Verdict.BROKEN] == [
        ("check_for_each_calls_action_in_order", Verdict.SKIPPED)
    ]
    assert [check.id for check in ex12.checks] == list(COURSE.exercises["ex12_iterators"].checks)


def test_judges_side_by_side_do_not_keep_the_order(tmp_path: Path) -> None:
    gathering = Gathering(Order(tmp_path, EXERCISES), COURSE, None, 2)
    for name in reversed(EXERCISES):
        gathering.take({"exercise": {"id": name, "state": "graded"}})
        assert not gathering.result.complete
        gathering.take({"done": True})
    assert gathering.result.complete
    assert [each.id for each in gathering.result.exercises] == EXERCISES


def ask_all(gathering: Gathering, **apart: dict[str, Any]) -> None:
    """Every check of exercise 1 passes, but for those told of `apart`."""
    for name in COURSE.exercises[EXERCISES[0]].checks:
        gathering.take(apart.get(name, check(EXERCISES[0], name, "passed")))


START, RUN = "check_start_runs_target_in_a_child", "check_run_gives_zero_after_a_good_end"
FAULT = check(EXERCISES[0], START, "failed")


def test_check_that_did_not_hear_of_a_fault_is_asked_again(tmp_path: Path) -> None:
    gathering = Gathering(Order(tmp_path, EXERCISES[:1]), COURSE, None, 2)
    gathering.take({"done": True})
    ask_all(gathering, **{START: FAULT, RUN: check(EXERCISES[0], RUN, "failed", start_process=False)})
    gathering.take({"done": True})
    share, faulty = gathering.again()

    assert (share, faulty) == ({EXERCISES[0]: [RUN]}, {EXERCISES[0]: {RUN: ["start_process"]}})
    assert not gathering.result.complete

    gathering.take(check(EXERCISES[0], RUN, "passed", start_process=True))
    gathering.take({"done": True})

    assert gathering.again() == ({}, {})
    assert gathering.result.complete
    failed = [each.id for each in gathering.fill_up("").exercises[0].checks if each.verdict is Verdict.FAILED]
    assert failed == [START]


def test_check_that_nobody_could_ask_again_blames_no_function(tmp_path: Path) -> None:
    gathering = Gathering(Order(tmp_path, EXERCISES[:1]), COURSE, None, 2)
    ask_all(gathering, **{START: FAULT, RUN: check(EXERCISES[0], RUN, "failed", start_process=False)})
    (exercise,) = gathering.fill_up("the judge has gone").exercises
    verdicts = {each.id: each.verdict for each in exercise.checks}

    assert (verdicts[START], verdicts[RUN]) == (Verdict.FAILED, Verdict.BROKEN)
    assert list(verdicts) == list(COURSE.exercises[EXERCISES[0]].checks)


def test_exercise_that_loads_only_now_and_then_is_asked_again_whole(tmp_path: Path) -> None:
    gathering = Gathering(Order(tmp_path, EXERCISES[:1]), COURSE, None, 2)
    gathering.take({"exercise": {"id": EXERCISES[0], "state": "graded"}})
    gathering.take({"exercise": {"id": EXERCISES[0], "state": "unloadable"}})
    ask_all(gathering, **{START: FAULT, RUN: check(EXERCISES[0], RUN, "failed", start_process=False)})
    share, faulty = gathering.again()

    assert (share, faulty) == ({EXERCISES[0]: list(COURSE.exercises[EXERCISES[0]].checks)}, {})

    gathering.take({"exercise": {"id": EXERCISES[0], "state": "graded"}})
    ask_all(gathering)

    assert gathering.again() == ({}, {})
    assert gathering.result.exercises[0].state is State.GRADED


def test_what_passed_because_nothing_happened_is_looked_at_once_nothing_is_in_doubt(tmp_path: Path) -> None:
    gathering = Gathering(Order(tmp_path, EXERCISES[:1]), COURSE, None, 1)
    whole = COURSE.exercises[EXERCISES[0]].checks
    (absence, *_) = (name for name, each in whole.items() if each.absence and each.function == "process_state")
    others = [name for name, each in whole.items() if each.function == "process_state" and not each.absence]
    failed = {name: check(EXERCISES[0], name, "failed", start_process=False) for name in others}
    ask_all(gathering, **{**failed, START: FAULT})
    verdicts = {each.id: each.verdict for each in gathering.result.exercises[0].checks}

    assert verdicts[absence] is Verdict.PASSED

    gathering.again()
    for name in others:
        gathering.take(check(EXERCISES[0], name, "failed", start_process=True))
    verdicts = {each.id: each.verdict for each in gathering.result.exercises[0].checks}

    assert verdicts[absence] is Verdict.SKIPPED
