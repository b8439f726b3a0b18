"""Grading a submission: the result of every kind of file, written after each check, whatever ends the grading."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import small_course
from world import ROOT, TIERS, Ends, linux, nothing_left, written

from grader import course as courses
from grader import places
from grader.grading import judging, run
from grader.grading.judges import Judges
from grader.grading.orders import Order, Stopped
from grader.grading.run import NoSubmission
from grader.kernel import processes
from grader.options import ALL, NOT_ALL, OURS, status_of
from grader.result import ExerciseResult, Result, State, Verdict, from_json, schema, to_json

pytestmark = linux

COURSE = courses.load()
VALIDATOR = jsonschema.Draft202012Validator(schema())
EX01, EX02, EX03, EX12 = "ex01_first_process", "ex02_name_and_pid", "ex03_arguments_and_globals", "ex12_iterators"
SOLUTIONS = {name: (places.SOLUTIONS / f"{name}.py").read_text("utf-8") for name in (EX01, EX02, EX03, EX12)}
MAXIMUM = {
    name: sum(COURSE.points(check) for check in exercise.checks.values() if not check.stretch)
    for name, exercise in COURSE.exercises.items()
}


SMALL = small_course.EXERCISE  # a course of one exercise with four checks: quick to grade
# passes two checks, and is under way in the third one for seconds
POLLS = small_course.SOLUTION.replace(
    small_course.DOUBLE,
    "    import time\n    while type(number) is str:\n        time.sleep(0.01)\n    return number * 2",
)
OnStep = Callable[[Result, ExerciseResult], None]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> places.Home:
    return places.home(small_course.make(tmp_path_factory.mktemp("course")))


def graded(folder: Path, *exercises: str, home: places.Home = places.KIT, on_step: OnStep | None = None) -> Result:
    """The result of grading; the file that it was written to holds the same, and is valid."""
    order = Order(folder, list(exercises), home, json=folder.parent / "result.json")
    with nothing_left():
        result = run.grade(order, courses.load(home.course), on_step)
    text = (folder.parent / "result.json").read_bytes()
    assert text == to_json(result)
    assert list(VALIDATOR.iter_errors(json.loads(text))) == []
    assert os.listdir(folder.parent) == sorted([folder.name, "result.json"], key=os.listdir(folder.parent).index)
    return result


def by_id(result: Result) -> dict[str, ExerciseResult]:
    return {exercise.id: exercise for exercise in result.exercises}


# --- files of every kind


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """One submission with an exercise in each state."""
    files: dict[str, str | bytes] = {
        f"{EX01}.py": SOLUTIONS[EX01].replace("\n", "\r\n").encode("utf-8-sig"),
        f"{EX03}.py": "# my own comment\n" + (places.EXERCISES / f"{EX03}.py").read_text("utf-8"),
        f"{EX12}.py": SOLUTIONS[EX12] + "\n)\n",
    }
    folder = written(tmp_path_factory.mktemp("mixed") / "小明 的作业", files)
    return graded(folder, EX01, EX02, EX03, EX12)


def test_each_exercise_has_its_state_and_all_its_checks(mixed: Result) -> None:
    assert mixed.complete
    assert {name: exercise.state for name, exercise in by_id(mixed).items()} == {
        EX01: State.GRADED, EX02: State.MISSING, EX03: State.UNTOUCHED, EX12: State.UNLOADABLE,
    }  # fmt: skip
    for name, exercise in by_id(mixed).items():
        assert [check.id for check in exercise.checks] == list(COURSE.exercises[name].checks)


def test_points_that_can_be_had_are_the_same_in_every_state(mixed: Result) -> None:
    sums = {name: (exercise.score, exercise.max_score) for name, exercise in by_id(mixed).items()}
    assert sums == {
        EX01: (MAXIMUM[EX01], MAXIMUM[EX01]), EX02: (0, MAXIMUM[EX02]), EX03: (0, MAXIMUM[EX03]),
        EX12: (0, MAXIMUM[EX12]),
    }  # fmt: skip
    assert (mixed.score, mixed.max_score) == (MAXIMUM[EX01], sum(MAXIMUM[name] for name in sums))
    assert min(MAXIMUM[name] for name in sums) > 0


def test_checks_that_were_not_judged_say_why(mixed: Result) -> None:
    for name, state in ((EX02, "missing"), (EX03, "untouched"), (EX12, "unloadable")):
        checks = by_id(mixed)[name].checks
        assert {(check.verdict, check.because, check.points) for check in checks} == {(Verdict.SKIPPED, state, 0)}
    error = by_id(mixed)[EX12].error
    assert error is not None
    assert (error.type, error.file, error.source) == ("SyntaxError", f"{EX12}.py", ")")


def test_result_says_how_it_was_made(mixed: Result) -> None:
    assert (mixed.submission, mixed.course, mixed.sandbox) == ("小明 的作业", COURSE.id, TIERS[0])
    assert mixed.python == sys.version.split()[0]
    assert mixed.start_method in ("fork", "forkserver", "spawn")
    assert mixed.duration_s > 0
    assert status_of(mixed) == NOT_ALL


def test_file_with_a_byte_order_mark_and_foreign_line_ends_is_graded_as_any_other(mixed: Result) -> None:
    assert {check.verdict for check in by_id(mixed)[EX01].checks} == {Verdict.PASSED}


def test_helpers_import_and_shadow_nothing(tmp_path: Path) -> None:
    ends_all = "import os\nos._exit(1)\n"
    uses = "from own import WORD\nfrom parts.deep.er import NUMBER\nimport queue, 数\nassert queue.Queue\n"
    uses += "assert (WORD, NUMBER, 数.值) == ('进程', 5, 6)\n"
    files: dict[str, str | bytes] = {
        f"{EX12}.py": ("# coding: gbk\n" + uses + SOLUTIONS[EX12]).encode("gbk"),
        "own.py": "# coding: gbk\nWORD = '进程'\n".encode("gbk"),
        "parts/__init__.py": "",
        "parts/deep/er.py": b"\xef\xbb\xbfNUMBER = 5\r\n",
        "数.py": "值 = 6\n",
        **{f"{name}.py": ends_all for name in ("queue", "random", "socket", "threading", "multiprocessing", "grader")},
        "sitecustomize.py": ends_all,
    }
    result = graded(written(tmp_path / "s", files), EX12)
    assert {check.verdict for check in by_id(result)[EX12].checks} == {Verdict.PASSED}
    assert status_of(result) == ALL


def test_exercises_in_folders_of_their_own_course_are_found(tmp_path: Path) -> None:
    written(tmp_path / "flat", {f"{EX12}.py": ""})
    written(tmp_path / "nested", {f"exercises/{EX01}.py": "", "README": ""})
    assert run.find_folder(tmp_path / "flat", COURSE) == tmp_path / "flat"
    assert run.find_folder(tmp_path / "nested", COURSE) == tmp_path / "nested" / "exercises"


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_link_to_exercises_is_nobodys_submission(tmp_path: Path) -> None:
    written(tmp_path / "solutions", {f"{EX12}.py": ""})
    written(tmp_path / "mine", {"README": ""})
    (tmp_path / "mine" / "exercises").symlink_to(tmp_path / "solutions")
    (tmp_path / "mine" / "below").symlink_to(tmp_path / "solutions")
    with pytest.raises(NoSubmission, match="nor in its folder exercises"):
        run.find_folder(tmp_path / "mine", COURSE)


def test_a_folder_whose_name_is_no_text_is_graded(tmp_path: Path, small: places.Home) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    written(folder, {f"{small_course.EXERCISE}.py": small_course.SOLUTION})
    result = graded(folder, small_course.EXERCISE, home=small)

    assert (result.submission, result.score) == ("\\xff", result.max_score)
    assert from_json(to_json(result)) == result


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("nowhere", "is not there"), ("flat/file.py", "is a file: give the folder"), ("flat", "no exercise file is in"),
        ("odd", "there is ex12.py: .* called ex12_iterators.py"),
        ("zip", "in its folder my files: grade run '.*/zip/my files'$"),
        ("cells", "the notebook work.ipynb: .* such as ex01_first_process.py"),
    ],
)  # fmt: skip
def test_where_there_is_nothing_to_grade_it_is_said(tmp_path: Path, path: str, told: str) -> None:
    written(tmp_path, {"flat/file.py": "", "odd/ex12.py": "", "cells/work.ipynb": "{}"})
    written(tmp_path, {f"zip/my files/{EX12}.py": "", "zip/._x/a": ""})
    with pytest.raises(NoSubmission, match=told):
        run.find_folder(tmp_path / path, COURSE)


@pytest.mark.parametrize("tier", TIERS)
def test_environment_of_the_user_has_no_say(
    tmp_path: Path, small: places.Home, monkeypatch: pytest.MonkeyPatch, tier: str
) -> None:
    planted = written(tmp_path / "planted", {"sitecustomize.py": "import os; os._exit(9)", "json.py": "raise OSError"})
    for name, value in {
        "PYTEST_ADDOPTS": "--collect-only", "PYTEST_PLUGINS": "no_such_plugin", "PYTHONPATH": str(planted),
        "PYTHONSTARTUP": str(planted / "json.py"), "PYTHONWARNINGS": "error", "PYTHONOPTIMIZE": "2", "LC_ALL": "C",
        "COLUMNS": "1", "PYTHONIOENCODING": "ascii",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    result = run.grade(Order(small.solutions, [SMALL], small, tier), courses.load(small.course))
    assert (result.score, result.max_score, result.sandbox) == (3, 3, tier)


# --- step by step


def test_result_is_written_after_each_check(tmp_path: Path, small: places.Home) -> None:
    seen: list[tuple[bool, int, int]] = []

    def look(result: Result, exercise: ExerciseResult) -> None:
        there = from_json((tmp_path / "result.json").read_bytes())
        seen.append((there.complete, len(there.verdicts()), there.score))
        assert there == result
        assert exercise.id == SMALL

    graded(written(tmp_path / "s", {f"{SMALL}.py": small_course.SOLUTION}), SMALL, home=small, on_step=look)
    assert seen == [(False, 1, 1), (False, 2, 2), (False, 3, 2), (False, 4, 3)]


# --- grading that does not come to its end

KILLED = """
import os, signal, sys
from pathlib import Path
from grader import course, places
from grader.grading import run
from grader.grading.orders import Order
from grader.kernel import processes

def kill(result, exercise):
    if len(result.verdicts()) == 2:
        print(*processes.below(os.getpid()), flush=True)
        sys.stdin.readline()  # until the test holds on to each of them
        os.kill(os.getpid(), getattr(signal, sys.argv[3]))

home = places.home(Path(sys.argv[1]))
order = Order(home.solutions, ["ex01_double"], home, json=Path(sys.argv[2]))
try:
    run.grade(order, course.load(home.course), kill)
except KeyboardInterrupt:
    sys.exit(len(processes.below(os.getpid())))
"""


@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_grader_that_is_ended_leaves_what_was_graded_and_no_process(
    tmp_path: Path, small: places.Home, how: str
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-c", KILLED, str(small.course.parent), str(tmp_path / "result.json"), how]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(temporary)},
        cwd=ROOT,
    ) as grader:
        assert grader.stdin and grader.stdout
        ends = Ends([int(pid) for pid in grader.stdout.readline().split()])
        grader.stdin.close()
        status = grader.wait()
        assert len(ends.pidfds) >= 3
        ends.await_all()
    assert status == (0 if how == "SIGINT" else -getattr(signal, how))
    plain: dict[str, Any] = json.loads((tmp_path / "result.json").read_bytes())
    assert list(VALIDATOR.iter_errors(plain)) == []
    result = from_json((tmp_path / "result.json").read_bytes())
    assert (result.complete, len(result.verdicts())) == (False, 2)
    assert set(result.verdicts()) == {Verdict.PASSED}
    assert list(temporary.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["result.json", "temporary"]


def judges() -> Iterator[int]:
    """The judge, and after it the fork of it that grades."""
    for pid in processes.below(os.getpid()):
        if judging.WAIT in processes.command(pid):
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


def test_judge_that_was_dead_before_its_job_is_told_as_ours(small: places.Home) -> None:
    with judging.judge(small) as judge:
        judge.kill()
        judge.wait()
        result = run.grade(Order(small.solutions, [SMALL], small, tier=TIERS[0]), courses.load(small.course), by=judge)
    assert (result.complete, status_of(result)) == (False, OURS)
    assert "the judge ended with -9" in result.exercises[0].checks[0].facts["error"]


def test_judge_that_dies_while_it_waits_is_not_asked_again(small: places.Home) -> None:
    course = courses.load(small.course)
    asked: list[judging.Process] = []
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

        def interrupted() -> judging.Process:
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


def test_result_that_no_json_can_hold_costs_its_own_check_alone(tmp_path: Path) -> None:
    checks = small_course.CHECKS.replace("assert submission.double(word) == word * 2", r'raise RuntimeError("\ud800")')
    home = places.home(small_course.make(tmp_path / "course", **{f"checks/{SMALL}.py": checks}))
    result = graded(written(tmp_path / "at" / "s", {f"{SMALL}.py": small_course.SOLUTION}), SMALL, home=home)
    (told,) = [check for check in result.exercises[0].checks if check.verdict is not Verdict.PASSED]
    assert (told.id, told.verdict, told.max_points) == ("check_double_of_a_text", Verdict.BROKEN, 1)
    assert told.facts["error"].startswith("UnicodeEncodeError")
    assert result.complete


def test_judge_that_does_not_start_is_told_with_its_words(
    tmp_path: Path, small: places.Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "_pytest_arguments", lambda *which: ["--no-such-option"])
    result = graded(written(tmp_path / "s", {f"{SMALL}.py": ""}), SMALL, home=small)
    assert (result.complete, result.max_score, status_of(result)) == (False, 0, OURS)
    assert "--no-such-option" in result.exercises[0].checks[0].facts["error"]


def test_result_that_cannot_be_written_ends_the_grading(tmp_path: Path, small: places.Home) -> None:
    order = Order(small.solutions, [SMALL], small, json=tmp_path / "nowhere" / "result.json")
    with nothing_left(), pytest.raises(FileNotFoundError):
        run.grade(order, courses.load(small.course))


def test_error_of_whoever_is_told_ends_the_grading(small: places.Home) -> None:
    def fail(result: Result, exercise: ExerciseResult) -> None:
        raise BrokenPipeError

    with nothing_left(), pytest.raises(BrokenPipeError):
        run.grade(Order(small.solutions, [SMALL], small), courses.load(small.course), fail)
