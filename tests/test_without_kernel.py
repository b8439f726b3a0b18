"""The whole of `grade` in interpreters that lack what only Linux has (without_kernel.py): it grades as everywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from small_course import FILES, make
from world import ROOT, linux, written

pytestmark = linux

FOUR = ("ex01", "ex02", "ex03", "ex12")


@pytest.fixture
def deprived(tmp_path: Path) -> str:
    """A Python without what only Linux has."""
    program = tmp_path / "python"
    wrapper = ROOT / "tests" / "without_kernel.py"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I "{wrapper}" "$0" "$@"\n')
    program.chmod(0o755)
    return str(program)


def grade(python: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """`grade` in that interpreter, with what it starts in the same."""
    command = [python, "-m", "grader", *map(str, arguments), "--sandbox", "none"]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)


@pytest.mark.thorough
def test_a_small_course_proves_itself(deprived: str, tmp_path: Path) -> None:
    """Its solution and what is right pass, each wrong submission fails as it says, and nobody cheats."""
    spawned = 'multiprocessing.get_context("spawn").Process'
    texts = {name: text.replace("multiprocessing.Process", spawned) for name, text in FILES.items()}
    ended = grade(deprived, "verify", make(tmp_path, **texts), "--start-method", "spawn")  # the one that is everywhere

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "4 wrong" in ended.stdout


@pytest.mark.thorough
@pytest.mark.parametrize("exercise", FOUR)
def test_solutions_get_full_marks(deprived: str, exercise: str, tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    ended = grade(deprived, "run", ROOT / "solutions", "--exercise", exercise, "--start-method", "spawn", "--json", out)
    result = json.loads(out.read_text("utf-8"))

    assert ended.returncode == 0, ended.stdout
    assert (result["score"], result["complete"]) == (result["max_score"], True)
    assert result["score"] > 25


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("exercise", "name"),
    [
        ("ex01_first_process", "wrong_run_forgets_to_join"),
        ("ex02_name_and_pid", "wrong_kill_with_sigterm"),
        ("ex03_arguments_and_globals", "wrong_one_without_comma"),
    ],
)
def test_wrong_submissions_fail_as_their_headers_say(deprived: str, exercise: str, name: str, tmp_path: Path) -> None:
    text = (ROOT / "tests" / "submissions" / exercise / f"{name}.py").read_text("utf-8")
    written(tmp_path / "handed_in", {f"{exercise}.py": text})
    out = tmp_path / "result.json"
    grade(deprived, "run", tmp_path / "handed_in", "--exercise", exercise, "--start-method", "spawn", "--json", out)
    checks = json.loads(out.read_text("utf-8"))["exercises"][0]["checks"]
    fails = next(line for line in text.splitlines() if line.startswith("# fails:")).split()[2:]

    assert sorted(check["id"] for check in checks if check["verdict"] != "passed") == sorted(fails)
