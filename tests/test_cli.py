"""The command as a user meets it: its exit status says how it went, and a sentence says what is wrong with its use."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from asked import EX12, SMALL, WRONG, cli_json, course, folder, orders, result_of
from world import linux, written

from grader import options
from grader.grading import judging, run, twins
from grader.grading.orders import Order
from grader.result import CheckResult, Verdict, from_json
from grader.walls.tiers import NoWall

__all__ = ["course", "folder", "orders"]

pytestmark = pytest.mark.frontend


@linux
def test_all_right_is_0(grade: Any, course: Path) -> None:
    said = grade("run", course / "solutions", "--course", course)
    assert (said.status, said.err) == (0, "")
    assert "Score: 3 of 3 points, 100 %" in said.out


@linux
def test_something_wrong_is_1_and_says_what(grade: Any, course: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "s", {f"{SMALL}.py": WRONG})
    said = grade("run", folder, "--course", course, "--json", tmp_path / "r.json", "--html", tmp_path / "r.html")
    assert (said.status, said.err) == (1, "")
    assert "Expected: " in said.out
    assert "Hint: " in said.out
    assert from_json((tmp_path / "r.json").read_bytes()).complete
    assert b"<html" in (tmp_path / "r.html").read_bytes()


MISUSES: dict[str, tuple[list[str], str]] = {
    "path that is not there": (["run", "nowhere"], "nowhere is not there"),
    "path without command": (["./nowhere"], "nowhere is not there"),
    "file": (["run", f"handed in/{EX12}.py"], "is a file: give the folder it lies in, and choose with --exercise"),
    "folder without exercises": (["run", "empty"], "no exercise file is in empty"),
    "no command": (["handed"], "No such command 'handed'."),
    "mistyped command": (["rnu", "handed in"], r"Did you mean:? .*\brun\b"),
    "mistyped report": (["reprot"], r"Did you mean:? .*\breport\b"),
    "unknown option": (["run", "handed in", "--speed"], "No such option: --speed"),
    "mistyped option": (["run", "handed in", "--exercize", "ex12"], "--exercise"),
    "no value": (["run", "handed in", "--json"], "requires an argument"),
    "too many": (["run", "handed in", "empty"], "extra argument"),
    "no such exercise": (["run", "handed in", "--exercise", "ex99"], "there is no exercise ex99."),
    "exercise for a folder": (["run", "ex12"], "ex12 is not there. Did you mean --exercise ex12"),
    "file for a folder": (["run", f"{EX12}.py", "--lang", "zh"], f"--exercise {EX12}.py"),
    "mistyped exercise": (["run", "handed in", "--exercise", "ex12_iterator"], f"Did you mean {EX12}"),
    "no such language": (["run", "handed in", "--lang", "fr"], "fr"),
    "no such sandbox": (["run", "handed in", "--sandbox", "castle"], "castle"),
    "no such start method": (["run", "handed in", "--start-method", "thread"], "thread"),
    "too little memory": (["run", "handed in", "--memory", "1"], "64"),
    "no number": (["run", "handed in", "--processes", "many"], "'--processes'"),
    "json that is a folder": (["run", "handed in", "--json", "empty"], "empty is a folder: name a file"),
    "json in no folder": (["run", "handed in", "--json", "nowhere/r.json"], "nowhere is not there"),
    "json below a file": (["run", "handed in", "--json", "file/r.json"], "file is not there"),
    "html that is a folder": (["run", "handed in", "--html", "empty"], "empty is a folder: name a file"),
    "html in no folder": (["run", "handed in", "--html", "nowhere/r.html"], "nowhere is not there"),
    "report of nothing": (["report"], "Missing argument"),
    "report of no file": (["report", "nowhere.json"], "nowhere.json: No such file"),
    "report of a folder": (["report", "empty"], "empty.*summary.json"),
    "report of no result": (["report", "file"], "file is no result of grade"),
    "report to nowhere": (["report", "result.json", "-o", "nowhere/r.html"], "nowhere"),
}


@pytest.mark.parametrize(("arguments", "told"), MISUSES.values(), ids=MISUSES)
def test_wrong_use_is_2_and_a_sentence(
    grade: Any, orders: list[Order], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], told: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    written(tmp_path, {"empty/notes.txt": "", "file": "x"})
    (tmp_path / "result.json").write_bytes(cli_json())
    said = grade(*arguments)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("grade: ")
    assert re.search(told, said.err)
    assert len(said.err.splitlines()) == 1
    assert orders == []


def test_wall_that_cannot_be_had_is_2(grade: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(wanted: str) -> str:
        raise NoWall("no sandbox can be had here")

    monkeypatch.setattr(run, "choose", choose)
    said = grade(folder)
    assert (said.status, said.err) == (2, "grade: no sandbox can be had here\n")


@linux
def test_judge_that_does_not_come_up_is_3(grade: Any, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_pytest_arguments", lambda *which: ["--no-such-option"])
    said = grade("run", course / "solutions", "--course", course)
    assert said.status == 3
    assert "This result is not complete" in said.out


def test_error_of_ours_is_3_and_is_ours(grade: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("our own")

    monkeypatch.setattr(twins, "grade", fails)
    said = grade(folder)
    assert said.status == 3
    assert "RuntimeError: our own" in said.err
    assert said.err.splitlines()[-1].startswith("grade: this is a fault of grade itself")


STATUSES = [
    ([], 0),
    ([(Verdict.PASSED, False)], 0),
    ([(Verdict.PASSED, False), (Verdict.FAILED, True), (Verdict.STUCK, True)], 0),
    ([(Verdict.FAILED, False)], 1),
    ([(Verdict.STUCK, False)], 1),
    ([(Verdict.CRASHED, False)], 1),
    ([(Verdict.SKIPPED, False)], 1),
    ([(Verdict.BROKEN, False)], 3),
    ([(Verdict.FAILED, False), (Verdict.BROKEN, True)], 3),
]


@pytest.mark.parametrize(("found", "status"), STATUSES)
def test_status_is_the_worst_that_counts(found: list[tuple[Verdict, bool]], status: int) -> None:
    checks = [CheckResult(id="c", function="f", section="7.3", verdict=v, stretch=s) for v, s in found]
    assert options.status_of(result_of(*checks)) == status
    assert options.status_of(result_of(*checks, complete=False)) == 3
