"""One submission by several judges side by side: the same result, whatever happens to one of them."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_course
from world import TIERS, nothing_left, written

from grader import course as courses
from grader import places
from grader.course import Course
from grader.grading import ahead, judging, run, twins
from grader.grading.orders import Order
from grader.kernel import processes
from grader.limits import Limits
from grader.proving import headers
from grader.result import FAULTS, ExerciseResult, Result, Verdict, from_json

ONE = small_course.EXERCISE
TWO, THREE, FOUR = (ONE.replace("01", number) for number in ("02", "03", "04"))
NAMES = [ONE, TWO, THREE, FOUR]
DIVIDED = (  # what builds on the function with the mistake would fail, too
    "ex01_first_process/wrong_start_calls_twice.py",
    "ex03_arguments_and_globals/wrong_args_add_up.py",
)

pytestmark = [pytest.mark.outside, pytest.mark.skipif(not twins.CAN_BE, reason="there are no twins here")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> places.Home:
    """The small course four times."""
    head, mark, tables = small_course.COURSE.partition(f"[exercises.{ONE}]")
    changed: dict[str, str | None] = {
        "course.toml": head + "".join((mark + tables).replace(ONE, name) for name in NAMES),
        **{f"{folder}/{name}.py": text for name in NAMES for folder, text in TEXTS.items()},
    }
    return places.home(small_course.make(tmp_path_factory.mktemp("four"), **changed))


@pytest.fixture(scope="module")
def judge() -> Iterator[ahead.Process]:
    """A judge of the kit's course."""
    with judging.judge(only=[path.split("/")[0] for path in DIVIDED]) as waits:
        yield waits


SLEEPS = "import time\n\n\ndef double(number):\n    time.sleep(3600)\n"
TEXTS = {"checks": small_course.CHECKS, "exercises": small_course.STUB, "solutions": small_course.SOLUTION}


@pytest.fixture
def course(home: places.Home, monkeypatch: pytest.MonkeyPatch) -> Course:
    """The course, on a machine with two cores, where a few checks are worth a sandbox."""
    monkeypatch.setattr(twins, "WORTH_A_SANDBOX", 1)
    monkeypatch.setattr(twins, "_cores", lambda: 2)
    return courses.load(home.course)


def order(home: places.Home) -> Order:
    return Order(home.solutions, NAMES, home, tier=TIERS[0])


def at_work() -> list[int]:
    """The judges below, and their forks."""
    return [pid for pid in processes.below(os.getpid()) if ahead.WAIT in processes.command(pid)]


def facts(result: Result) -> list[tuple[str, str, str, int]]:
    return [
        (each.id, check.id, check.verdict.value, check.points) for each in result.exercises for check in each.checks
    ]


def test_result_is_that_of_one_judge(home: places.Home, course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    forks: list[int] = []
    asked = order(home)
    monkeypatch.setattr(asked.stop, "begun", forks.append)
    with nothing_left(), judging.judge(home) as judge:
        alone = run.grade(order(home), course, by=judge)
        both = twins.grade(asked, course, lambda *step: seen.append(len(at_work())), judge)

    assert facts(both) == facts(alone)
    assert [each.id for each in both.exercises] == NAMES
    assert (both.complete, both.score, len(seen)) == (True, 12, 16)
    assert max(seen) >= 3
    assert len(set(forks)) == 2  # each judge has had a part


@pytest.mark.parametrize("submission", DIVIDED)
def test_exercise_that_is_divided_has_the_result_of_one_judge(
    judge: ahead.Process, submission: str, tmp_path: Path
) -> None:
    """One judge's faults are heard of by the other one."""
    path = places.KIT.submissions / submission
    name = path.parent.name
    text = path.read_text("utf-8")
    handed_in, steps = written(tmp_path / "s", {f"{name}.py": text}), Counter[str]()

    def step(result: Result, exercise: ExerciseResult) -> None:
        steps.update([len(exercise.checks)])

    asked = Order(handed_in, [name], tier=TIERS[0])
    with twins.twin(judge) as beside:
        result = run.grade(asked, courses.kit(), step, judge, [beside])

    (found,) = result.exercises
    assert [check.id for check in found.checks] == list(courses.kit().exercises[name].checks)
    assert {check.id for check in found.checks if check.verdict in FAULTS} == set(headers.read(text).fails or ())
    assert steps[len(found.checks)] > 1  # the last one, and what was asked again


def test_what_is_asked_again_has_what_is_left_of_the_budget(home: places.Home) -> None:
    asked = Order(home.solutions, NAMES, home, limits=Limits(budget_s=5))

    assert [asked.after(used_s).limits.budget_s for used_s in (0, 3, 9)] == [5, 2, 0]
    assert asked.after(3).stop is asked.stop
    assert order(home).after(3).limits == Limits()


def test_twin_that_dies_costs_its_part_alone(home: places.Home, course: Course, tmp_path: Path) -> None:
    texts = {f"{name}.py": small_course.SOLUTION for name in NAMES}
    handed_in = written(tmp_path / "s", {**texts, f"{TWO}.py": SLEEPS})

    def kill(result: Result, exercise: ExerciseResult) -> None:
        if exercise.id == TWO:
            twin = min(pid for pid in at_work() if processes.stat(pid).parent == judge.pid)  # it came before the forks
            os.kill(twin, signal.SIGKILL)

    with nothing_left(), judging.judge(home) as judge:
        result = twins.grade(Order(handed_in, NAMES, home, tier=TIERS[0]), course, kill, judge)

    verdicts = {each.id: [check.verdict for check in each.checks] for each in result.exercises}
    whole = [Verdict.PASSED] * 4
    assert not result.complete
    assert verdicts == {
        ONE: whole, TWO: [Verdict.PASSED, *[Verdict.BROKEN] * 3], THREE: whole, FOUR: [Verdict.BROKEN] * 4
    }  # fmt: skip


def test_error_of_whoever_is_told_ends_all_of_them(home: places.Home, course: Course) -> None:
    def fail(result: Result, exercise: ExerciseResult) -> None:
        raise BrokenPipeError

    with nothing_left(), pytest.raises(BrokenPipeError), judging.judge(home) as judge:
        twins.grade(order(home), course, fail, judge)


def test_judge_that_cannot_have_a_twin_is_asked_why(
    home: places.Home, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "_pytest_arguments", lambda *which: ["--no-such-option"])
    with nothing_left(), judging.judge(home) as judge:
        result = twins.grade(order(home), course, None, judge)

    assert not result.complete
    assert "--no-such-option" in result.exercises[0].checks[0].facts["error"]


def test_judge_whose_twin_cannot_have_its_pipes_works_on_alone(
    home: places.Home, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    with nothing_left(), judging.judge(home) as judge:
        with monkeypatch.context() as patched:
            patched.setattr(os, "getpid", lambda: 1 << 22)  # no process has it: there is nothing at /proc/PID/fd
            with pytest.raises(twins.NoMother, match="No such file"):
                twins.Twin(judge)
        assert run.grade(order(home), course, by=judge).complete


def test_nothing_is_left_of_the_twin_of_a_judge_that_has_ended(home: places.Home) -> None:
    with judging.judge(home) as judge:
        judge.kill()
        judge.wait()
        with nothing_left(), pytest.raises(twins.NoMother) as failed:
            twins.Twin(judge)
        assert failed.tb is not None  # what it keeps alive closes nothing


def test_one_core_or_few_checks_have_one_judge(
    home: places.Home, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twins, "twin", None)  # not to be called
    with judging.judge(home) as judge:
        monkeypatch.setattr(twins, "_cores", lambda: 1)
        assert twins.grade(order(home), course, None, judge).complete
        monkeypatch.setattr(twins, "_cores", lambda: 2)
        monkeypatch.setattr(twins, "WORTH_A_SANDBOX", 9)
        assert twins.grade(order(home), course, None, judge).complete


def test_result_is_written_side_by_side(home: places.Home, course: Course, tmp_path: Path) -> None:
    asked = order(home)
    asked.json = tmp_path / "result.json"
    with judging.judge(home) as judge:
        result = twins.grade(asked, course, None, judge)

    assert from_json(asked.json.read_bytes()) == result
