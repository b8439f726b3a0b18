"""Runs of `grade batch` on a small course, and what of a graded class does not differ from one run to the next."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import small_course

from grader import gradebook
from grader.classes.classwork import Task
from grader.gradebook import Gradebook
from grader.result import Result, from_json

FILE = f"{small_course.EXERCISE}.py"
RIGHT, WRONG = small_course.SOLUTION, small_course.SOLUTION.replace(small_course.DOUBLE, "    return number")
KILLS = "import os\n\n\ndef double(number):\n    os.kill(0, 9)\n\n\ndef run(target):\n    os.kill(-1, 9)\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_course.make(tmp_path_factory.mktemp("course"))


def command(home: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "grader", "batch", *map(str, arguments), "--course", str(home)]


def batch(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(home, *arguments), capture_output=True, text=True, check=False)


def book_of(out: Path) -> Gradebook:
    return gradebook.from_json((out / gradebook.SUMMARY).read_bytes())


def result_of(out: Path, name: str) -> Result:
    return from_json((out / "submissions" / name / "result.json").read_bytes())


def told(result: Result) -> Any:
    """What of a result does not differ from one grading to the next."""
    checks = [
        (exercise.id, exercise.state, exercise.error, check.id, check.verdict, check.points, check.cause, check.hang)
        for exercise in result.exercises
        for check in exercise.checks
    ]
    return result.submission, result.complete, result.score, result.max_score, result.stretch, checks


def all_told(out: Path) -> Any:
    """What does not differ of a whole class."""
    book = book_of(out)
    entries = [
        (each.id, each.state, each.reason, each.notes, each.score, each.verdicts, each.key) for each in book.entries
    ]
    results = {each.id: told(result_of(out, each.id)) for each in book.entries if each.result}
    files = sorted(str(path.relative_to(out)) for path in out.rglob("*"))
    return entries, book.not_understood, results, files


def count(out: Path) -> int:
    return len(list(out.glob("submissions/*/result.json")))


class Passes:
    """A grader of which nothing is heard but that all passed."""

    threads = 1

    def grade(self, task: Task, folder: Path) -> Result:
        facts = {"course": "small", "kit": "1", "python": "3.12.1", "start_method": "fork", "sandbox": "none"}
        return Result(submission=task.name, key=task.key, complete=True, **facts)

    def interrupt(self) -> None:
        pass
