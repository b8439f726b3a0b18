"""Grading that does not come to its end: a result is written after each check, and is there whatever ends the rest."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import small_course
from runs import SMALL, VALIDATOR, graded, small
from world import ROOT, Ends, linux, nothing_left, written

from grader import course as courses
from grader import places
from grader.grading import run
from grader.grading.orders import Order
from grader.result import ExerciseResult, Result, Verdict, from_json

__all__ = ["small"]

pytestmark = linux


def test_result_is_written_after_each_check(tmp_path: Path, small: places.Home) -> None:
    seen: list[tuple[bool, int, int]] = []

    def look(result: Result, exercise: ExerciseResult) -> None:
        there = from_json((tmp_path / "result.json").read_bytes())
        seen.append((there.complete, len(there.verdicts()), there.score))
        assert there == result
        assert exercise.id == SMALL

    graded(written(tmp_path / "s", {f"{SMALL}.py": small_course.SOLUTION}), SMALL, home=small, on_step=look)
    assert seen == [(False, 1, 1), (False, 2, 2), (False, 3, 2), (False, 4, 3)]


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


def test_result_that_cannot_be_written_ends_the_grading(tmp_path: Path, small: places.Home) -> None:
    order = Order(small.solutions, [SMALL], small, json=tmp_path / "nowhere" / "result.json")
    with nothing_left(), pytest.raises(FileNotFoundError):
        run.grade(order, courses.load(small.course))


def test_error_of_whoever_is_told_ends_the_grading(small: places.Home) -> None:
    def fail(result: Result, exercise: ExerciseResult) -> None:
        raise BrokenPipeError

    with nothing_left(), pytest.raises(BrokenPipeError):
        run.grade(Order(small.solutions, [SMALL], small), courses.load(small.course), fail)
