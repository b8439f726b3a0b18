"""Judges that die, do not start or err in their own code: told as ours, with their words, and nobody loses a point."""

from __future__ import annotations

import math
import os
import resource
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_course
from runs import SMALL, by_id, graded, small
from world import TIERS, linux, written

from grader import course as courses
from grader import places, systems
from grader.grading import ahead, judging, run
from grader.grading.judges import Judges
from grader.grading.orders import Order, Stopped
from grader.kernel import processes
from grader.limits import LEAST_FILE_MB
from grader.misuse import Misuse
from grader.options import OURS, status_of
from grader.result import ExerciseResult, Result, Verdict

__all__ = ["small"]

pytestmark = [pytest.mark.outside, linux]

# passes two checks, and is under way in the third one for seconds
POLLS = small_course.SOLUTION.replace(
    small_course.DOUBLE,
    "    import time\n    while type(number) is str:\n        time.sleep(0.01)\n    return number * 2",
)


def judges() -> Iterator[int]:
    """The judge, and after it the fork of it that grades."""
    for pid in processes.below(os.getpid()):
        if ahead.WAIT in processes.command(pid):
            yield pid


@pytest.mark.parametrize("which", ["the judge", "its fork"])
def test_judge_that_dies_costs_nobody_a_point(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    small: places.Home,
    monkeypatch: pytest.MonkeyPatch,
    which: str,
) -> None:
    temporary = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)

    def kill(result: Result, exercise: ExerciseResult) -> None:
        if len(result.verdicts()) == 2:
            judge, fork = judges()
            os.kill(judge if which == "the judge" else fork, signal.SIGKILL)

    result = graded(written(tmp_path / "s", {f"{SMALL}.py": POLLS}), SMALL, home=small, on_step=kill)
    checks = by_id(result)[SMALL].checks
    assert not result.complete
    assert status_of(result) == OURS
    assert [check.verdict for check in checks[:2]] == [Verdict.PASSED] * 2
    assert {check.verdict for check in checks[2:]} == {Verdict.BROKEN}
    assert "the judge ended with" in checks[-1].facts["error"]
    assert result.score == result.max_score > 0
    assert len(checks) == 4
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("has_begun", [True, False])
def test_folder_of_a_judge_goes_with_it_whatever_becomes_of_who_started_it(small: places.Home, has_begun: bool) -> None:
    with ahead.started() as judge:
        if has_begun:
            judging.begin(judge, small)
        ahead.hang_up(judge)
        assert judge.wait() == 0
        assert not judge.home.exists()


def test_judge_that_was_dead_before_its_job_is_told_as_ours(small: places.Home) -> None:
    with judging.judge(small) as judge:
        judge.kill()
        judge.wait()
        result = run.grade(Order(small.solutions, [SMALL], small, tier=TIERS[0]), courses.load(small.course), by=judge)
    assert (result.complete, status_of(result)) == (False, OURS)
    assert "the judge ended with -9" in result.exercises[0].checks[0].facts["error"]


def test_judge_that_dies_while_it_waits_is_not_asked_again(small: places.Home) -> None:
    course = courses.load(small.course)
    asked: list[ahead.Process] = []
    with Judges(small, course) as judges:
        for _ in range(2):
            order = Order(small.solutions, [SMALL], small, tier=TIERS[0])
            assert judges.grade(order, on_start=asked.append).complete
            asked[-1].kill()
            asked[-1].wait()
    assert asked[0] is not asked[1]


def test_interrupt_reaches_those_whose_judge_is_still_being_started(
    small: places.Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, told = Order(small.solutions, [SMALL], small, tier=TIERS[0]), list[Result]()
    with Judges(small, courses.load(small.course)) as judges:
        take = judges._take

        def interrupted() -> ahead.Process:
            judges.interrupt()
            return take()

        monkeypatch.setattr(judges, "_take", interrupted)
        for _ in range(2):  # and whoever comes later is called off at once
            with pytest.raises(Stopped):
                judges.grade(order, lambda result, _: told.append(result))
    assert told == []


def test_assertion_fails_for_the_student_in_a_check_and_for_us_beside_it(tmp_path: Path) -> None:
    """A claim that no cause can be found of is one that does not hold; what our own code asserts is no claim."""
    odd = "assert child.args == 5"  # which has no length
    ours = 'given._names(ast.parse("x = 1"))'
    checks = small_course.CHECKS.replace("assert child.in_main_process is False", odd)
    checks = checks.replace("assert submission.double(word) == word * 2", ours)
    imports = "import ast\nfrom grader.handles import given\n"
    home = places.home(small_course.make(tmp_path / "course", **{f"checks/{SMALL}.py": imports + checks}))
    result = graded(written(tmp_path / "at" / "s", {f"{SMALL}.py": small_course.SOLUTION}), SMALL, home=home)
    verdicts = {check.id: check.verdict for check in result.exercises[0].checks}
    assert verdicts == {
        "check_import_starts_no_process": Verdict.PASSED,
        "check_double_of_a_number": Verdict.PASSED,
        "check_double_of_a_text": Verdict.BROKEN,
        "check_run": Verdict.FAILED,
    }
    assert result.complete


def test_nothing_of_a_check_is_kept_once_it_is_told(tmp_path: Path) -> None:
    """A stage with its events for each of some hundred checks is what a batch would have in memory in the end."""
    alone = "gc.collect()\n    found = [each for each in gc.get_objects() if type(each) is Stage]\n"
    alone += "    assert len(found) == 1"
    checks = small_course.CHECKS.replace("assert child.in_main_process is False", alone)
    imports = "import gc\nfrom grader.handles.stage import Stage\n"
    home = places.home(small_course.make(tmp_path / "course", **{f"checks/{SMALL}.py": imports + checks}))
    result = graded(written(tmp_path / "at" / "s", {f"{SMALL}.py": small_course.SOLUTION}), SMALL, home=home)
    assert {check.verdict for check in result.exercises[0].checks} == {Verdict.PASSED}


def test_result_that_no_json_can_hold_costs_its_own_check_alone(tmp_path: Path) -> None:
    checks = small_course.CHECKS.replace("assert submission.double(word) == word * 2", r'raise RuntimeError("\ud800")')
    home = places.home(small_course.make(tmp_path / "course", **{f"checks/{SMALL}.py": checks}))
    result = graded(written(tmp_path / "at" / "s", {f"{SMALL}.py": small_course.SOLUTION}), SMALL, home=home)
    (told,) = [check for check in result.exercises[0].checks if check.verdict is not Verdict.PASSED]
    assert (told.id, told.verdict, told.max_points) == ("check_double_of_a_text", Verdict.BROKEN, 1)
    assert told.facts["error"].startswith("UnicodeEncodeError")
    assert result.complete


TOO_LITTLE = {"NOFILE": "511 files", "FSIZE": "63 MiB", "DATA": "127 MiB of memory", "AS": "127 MiB of memory"}


@pytest.mark.parametrize("name", TOO_LITTLE)
def test_too_little_of_anything_is_told_before_anything_is_graded(
    name: str, small: places.Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, least, unit = judging.LEAST[name]
    monkeypatch.setattr(systems, "ceiling", lambda asked: (least * unit - 1) if asked == name else math.inf)
    with pytest.raises(Misuse, match=TOO_LITTLE[name]), judging.judge(small):
        pass
    with pytest.raises(Misuse, match=TOO_LITTLE[name]), Judges(small, courses.load(small.course)):
        pass


def test_what_a_submission_is_to_read_may_be_large_whatever_a_file_of_ours_may_be(small: places.Home) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        with judging.judge(small) as judge:
            course = courses.load(small.course)
            assert run.grade(Order(small.solutions, [SMALL], small, tier=TIERS[0]), course, by=judge).complete
            (most, _) = resource.prlimit(judge.pid, resource.RLIMIT_FSIZE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert most == LEAST_FILE_MB << 20


def test_judge_that_does_not_start_is_told_with_its_words(
    tmp_path: Path, small: places.Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "_pytest_arguments", lambda *which: ["--no-such-option"])
    result = graded(written(tmp_path / "s", {f"{SMALL}.py": ""}), SMALL, home=small)
    assert (result.complete, result.max_score, status_of(result)) == (False, 0, OURS)
    assert "--no-such-option" in result.exercises[0].checks[0].facts["error"]
