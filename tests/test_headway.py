"""What a run says while it grades a class and once it is done: how far it is, who needs a look, what is replaced."""

from __future__ import annotations

import contextlib
import errno
import io
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from batched import FILE, RIGHT, Passes, home
from classes import book, entry
from rich.console import Console
from world import linux, until, written

from grader import course as courses
from grader import places
from grader.classes import batch as batches
from grader.classes.classwork import Settings, Task
from grader.classes.headway import Headway
from grader.gradebook import EntryState
from grader.result import ExerciseResult, Result, State

__all__ = ["home"]

pytestmark = [linux, pytest.mark.frontend]


def test_checks_are_counted_of_all_that_are_counted() -> None:
    said = io.StringIO()
    with Headway(Console(file=said, width=200), quiet=False) as told:
        told.end(book(entry("ada", verdicts={"passed": 2}), entry("bob", verdicts={"passed": 1, "failed": 3})), "out")
    assert "2 graded" in said.getvalue() and "Checks: 3 failed, 3 passed." in said.getvalue()


def test_who_needs_a_look_is_named_at_the_end_in_the_order_of_the_gradebook() -> None:
    said = io.StringIO()
    refused = [entry(name, state=EntryState.REFUSED, reason="broken") for name in ("ada", "bob")]
    absent = [entry(f"m{n}", state=EntryState.MISSING) for n in range(6)]
    with Headway(Console(file=said, width=200), quiet=False) as told:
        told.begin([])
        for each in reversed(refused):
            told.done(each, False)
        told.end(book(*refused, *absent, entry("eve", on_roster=False)), "out")
    assert said.getvalue().splitlines()[:4] == [
        "! ada: refused: broken",
        "! bob: refused: broken",
        "? nothing handed in: m0, m1, m2, m3 and 2 more",
        "? not on the roster: eve",
    ]


class Full(io.StringIO):
    """A place where nothing can be written."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "full")


def test_lines_that_nobody_can_read_end_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    complaints: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr("grader.classes.headway.LINE_S", 0.01)
    monkeypatch.setattr(threading, "excepthook", complaints.append)
    with Headway(Console(file=Full(), width=200), quiet=False) as told:
        told.begin([entry("ada")])
        until(lambda: "headway" not in {thread.name for thread in threading.enumerate()})
    assert complaints == []


def test_headway_is_told_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.classes.headway.LINE_S", 0.01)
    said = io.StringIO()
    with Headway(Console(file=said, width=200), quiet=False) as told:
        told.begin([entry("ada"), entry("bob")])
        until(lambda: said.getvalue())
        told.at_work(["bob"])
        told.done(entry("ada", verdicts={"passed": 2}), True)
        until(lambda: "1 of 2" in said.getvalue())
    assert said.getvalue().startswith("0 of 2; at work: nobody\n")
    assert re.search(r"^1 of 2; \S+ a minute, .* left; 2 passed; at work: bob$", said.getvalue(), re.MULTILINE)


def test_results_of_other_exercises_are_told_before_they_are_replaced(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class PassesOf(Passes):
        def grade(self, task: Task, folder: Path) -> Result:
            result = super().grade(task, folder)
            result.exercises = [ExerciseResult(id=name, state=State.GRADED) for name in task.settings.exercises]
            return result

    source, at = written(tmp_path / "class", {f"ada/{FILE}": RIGHT}), places.home(home)
    for exercises in (["ex01_double"], ["ex01_double"], ["ex02_other", "ex01_double"]):
        plan = batches.Plan([source], tmp_path / "out", Settings(exercises=exercises), at)
        with Headway(Console(width=200), quiet=False) as told:
            course = courses.load(at.course)
            batches.grade(plan, course, told, lambda _: b"", lambda _: contextlib.nullcontext(PassesOf()))
    replaced = "! the results that are there are of ex01_double: what is graded now takes their place"
    assert capsys.readouterr().out.splitlines() == [replaced]


def test_full_disk_says_that_the_same_command_goes_on(
    grade: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full", "out/x")

    monkeypatch.setattr(batches, "grade", failing)
    said = grade("batch", tmp_path, "-o", tmp_path / "out")
    assert (said.status, said.err) == (
        2, "grade: out/x: No space left on device. Once that is mended, the same command goes on where it was.\n",
    )  # fmt: skip
