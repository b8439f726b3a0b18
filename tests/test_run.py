"""Grading a submission: the state, the points and the checks of every kind of file, whatever the environment says."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import small_course
from runs import SMALL, by_id, graded, small
from world import TIERS, linux, written

from grader import course as courses
from grader import places
from grader.grading import run
from grader.grading.orders import Order
from grader.grading.run import NoSubmission
from grader.options import ALL, NOT_ALL, status_of
from grader.result import Result, State, Verdict, from_json, to_json

__all__ = ["small"]

pytestmark = linux

COURSE = courses.load()
EX01, EX02, EX03, EX12 = "ex01_first_process", "ex02_name_and_pid", "ex03_arguments_and_globals", "ex12_iterators"
SOLUTIONS = {name: (places.SOLUTIONS / f"{name}.py").read_text("utf-8") for name in (EX01, EX02, EX03, EX12)}
MAXIMUM = {
    name: sum(COURSE.points(check) for check in exercise.checks.values() if not check.stretch)
    for name, exercise in COURSE.exercises.items()
}


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
