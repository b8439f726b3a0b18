"""pytest in a student's folder: it lists the checks and has the verdicts of `grade`, and imports no exercise file.

Each test runs a pytest of its own, as a student does, in a folder that `grade init` has made.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import small_course
from world import linux, written

from grader import places
from grader.student import handout, kept

pytestmark = pytest.mark.frontend
SMALL = small_course.EXERCISE
CHECKS = ["check_import_starts_no_process", "check_double_of_a_number", "check_double_of_a_text", "check_run"]
WRONG = small_course.SOLUTION.replace(small_course.DOUBLE, "    return None")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> places.Home:
    """A course of one exercise with four checks."""
    return places.home(small_course.make(tmp_path_factory.mktemp("course")))


@pytest.fixture
def folder(course: places.Home, tmp_path: Path) -> Path:
    """A folder to work in."""
    handout.hand_out(course, tmp_path / "作业", "en")
    return tmp_path / "作业"


def run_pytest(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """pytest in `folder`, without what it takes from the run that this is a part of."""
    kept_ones = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "GRADE_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder, env={**kept_ones, "GRADE_LANG": "en", "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def outcomes(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    return dict(re.findall(r"^\S+::(check_\w+) (PASSED|FAILED|SKIPPED|ERROR)", done.stdout, re.MULTILINE))


def test_checks_are_listed_below_their_exercise(folder: Path) -> None:
    listed = run_pytest(folder, "--collect-only", "-q")
    assert listed.returncode == 0
    assert listed.stdout.splitlines()[:4] == [f"{SMALL}.py::{check}" for check in CHECKS]


def test_what_is_not_begun_is_skipped(folder: Path) -> None:
    done = run_pytest(folder, "-v", "-rs")
    assert done.returncode == 0
    assert outcomes(done) == dict.fromkeys(CHECKS, "SKIPPED")
    assert "not begun" in done.stdout


@linux
def test_verdicts_are_those_of_the_judge(folder: Path) -> None:
    written(folder, {f"{SMALL}.py": WRONG})
    done = run_pytest(folder, "-v")
    assert done.returncode == 1
    assert list(outcomes(done).values()) == ["PASSED", "FAILED", "FAILED", "PASSED"]
    assert "Expected: " in done.stdout
    assert "Hint: Try it with 1." in done.stdout
    assert "Traceback" not in done.stdout
    verdicts = [check.verdict.value for check in kept.read(folder).exercises[SMALL].result.checks]
    assert verdicts == ["passed", "failed", "failed", "passed"]


@linux
def test_what_was_printed_is_shown_once_and_also_where_it_passed(folder: Path) -> None:
    written(folder, {f"{SMALL}.py": WRONG.replace("    return None", "    print('seen ' * 200)\n    return None")})
    failed = run_pytest(folder, f"{SMALL}.py::{CHECKS[1]}").stdout
    assert failed.count("Your code printed: seen seen") == 1
    assert "Captured stdout" not in failed
    written(folder, {f"{SMALL}.py": WRONG.replace("    return None", "    print('seen')\n    return number * 2")})
    assert "seen" in run_pytest(folder, "-rP", f"{SMALL}.py::{CHECKS[1]}").stdout


@linux
def test_one_check_alone_and_in_chinese(folder: Path) -> None:
    written(folder, {f"{SMALL}.py": WRONG})
    done = run_pytest(folder, "-v", f"{SMALL}.py::{CHECKS[1]}", GRADE_LANG="zh")
    assert outcomes(done) == {CHECKS[1]: "FAILED"}
    assert "double 返回两倍的数。" in done.stdout
    assert "提示：用 1 试一试。" in done.stdout


@linux
def test_the_file_is_never_imported_here(folder: Path) -> None:
    written(folder, {f"{SMALL}.py": "raise KeyboardInterrupt\n"})
    done = run_pytest(folder, "-v", f"{SMALL}.py")
    assert done.returncode == 1
    assert set(outcomes(done).values()) == {"FAILED"}
    assert f"{SMALL}.py cannot be loaded" in done.stdout


@pytest.mark.parametrize("text", ["def double(:\n", "\x00", "x = " + "(" * 5000])
def test_a_file_that_is_no_python_is_listed_all_the_same(folder: Path, text: str) -> None:
    written(folder, {f"{SMALL}.py": text})
    assert run_pytest(folder, "--collect-only", "-q").stdout.count("::check_") == 4


def test_tests_of_the_students_own_run_beside_it(folder: Path) -> None:
    written(folder, {"test_mine.py": "def test_mine():\n    assert True\n"})
    done = run_pytest(folder, "-q")
    assert done.returncode == 0
    assert "1 passed, 4 skipped" in done.stdout


def test_a_wall_that_cannot_be_had_is_a_sentence(folder: Path) -> None:
    written(folder, {f"{SMALL}.py": WRONG})
    done = run_pytest(folder, "-q", GRADE_SANDBOX="castle")
    assert done.returncode == 1
    assert "GRADE_SANDBOX is castle, and can be auto, bubblewrap, landlock, none" in done.stdout
    assert "Traceback" not in done.stdout


def test_no_other_run_of_pytest_loads_it(tmp_path: Path) -> None:
    code = "import sys\n\ndef test_it():\n    assert not [name for name in sys.modules if name.startswith('grader')]\n"
    done = run_pytest(written(tmp_path, {"test_it.py": code}), "-q")
    assert done.returncode == 0, done.stdout
