"""Jobs of `grade ci`: a repository or an upload, the environment of the place that grades it, and the command there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import small_course
from world import NET_S, written

RIGHT = small_course.SOLUTION
HANGING = RIGHT.replace(
    "return number * 2",
    "import threading\n    lock = threading.Lock()\n    lock.acquire()\n    lock.acquire()",
)
FILE = f"{small_course.EXERCISE}.py"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_course.make(tmp_path_factory.mktemp("course"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return written(tmp_path / "repository", {FILE: RIGHT})


def environment(**more: object) -> dict[str, str]:
    ours = ("GITHUB_", "CI_", "GITLAB_", "GRADE_", "CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "LANG": "C.UTF-8", **{name: str(value) for name, value in more.items()}}


def grade(where: Path, course: Path, *arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", "ci", "--course", str(course), *map(str, arguments)]
    return subprocess.run(
        command, cwd=where, env=environment(**more), capture_output=True, text=True, check=False, timeout=NET_S
    )


def github(repository: Path) -> dict[str, object]:
    files = {name: repository.parent / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for path in files.values():
        path.write_text("")
    return {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": repository, **files}


def autograder(tmp_path: Path, files: Mapping[str, str]) -> Path:
    written(tmp_path / "autograder" / "submission", files)
    (tmp_path / "autograder" / "results").mkdir()
    return tmp_path / "autograder"
