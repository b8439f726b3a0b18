"""The command `grade export` for a graded class: what it writes where, what it says, and what it refuses."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from classes import book, entry, lay

from grader import cli

pytestmark = pytest.mark.frontend
CANVAS = 'Student,ID,Section,HW 1 (1),HW 2 (2)\n"Doe, Jane",12,S,,\n"Mute, \x1b]0;x",13,S,,\n'


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "theirs.csv").write_text(CANVAS, "utf-8")
    (tmp_path / "policy.toml").write_text('due = 2026-03-01\ntimezone = "UTC"\nper_day = 10\n', "utf-8")
    return lay(tmp_path / "out", book(entry("Jane Doe", student_id="12", submitted_at="2026-03-02T10:00:00Z")))


def export(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Any:
    monkeypatch.setattr(sys, "argv", ["grade", "export", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code


def test_it_fills_and_says_what_was_taken_off(out: Path, monkeypatch: Any, capsys: Any) -> None:
    theirs = out.parent / "theirs.csv"
    options = ("--to", "canvas", "--into", theirs, "--column", "HW 2", "--policy", out.parent / "policy.toml")
    assert export(monkeypatch, out, *options) == 0

    assert (out / "canvas.csv").read_text("utf-8") == CANVAS.replace("12,S,,", "12,S,,54")
    assert theirs.read_text("utf-8") == CANVAS
    said = capsys.readouterr().out
    assert "Jane Doe (jane_doe): 54 of 70, 7 taken off: late by 1 day begun; 10 % of 70 taken off" in said
    assert "\x1b" not in said


def test_it_writes_where_it_is_told(out: Path, monkeypatch: Any, tmp_path: Path) -> None:
    assert export(monkeypatch, out, "--to", "csv", "-o", tmp_path / "mine.csv") == 0
    assert "jane_doe,Jane Doe" in (tmp_path / "mine.csv").read_text("utf-8")
    assert sorted(path.name for path in out.iterdir()) == ["summary.json"]
    assert export(monkeypatch, out, "--to", "csv") == 0
    assert sorted(path.name for path in out.iterdir()) == ["points.csv", "summary.json"]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--to", "canvas"), "needs its own export"),
        (("--to", "canvas", "--into", "theirs.csv"), "--column: 'HW 1 (1)', 'HW 2 (2)'"),
        (("--to", "moodle-worksheet", "--into", "theirs.csv"), "one of Canvas, for --to canvas"),
        (("--to", "canvas", "--into", "absent.csv"), "absent.csv"),
        (("--to", "canvas", "--into", "theirs.csv", "--column", "HW 1", "-o", "theirs.csv"), "another file"),
        (("--to", "csv", "--policy", "theirs.csv"), "no policy"),
        (("--to", "canvas", "--into", "theirs.csv", "--encoding", "utf-99"), "utf-99"),
        (("--to", "paper"), "paper"),
    ],
)
def test_wrong_use(out: Path, monkeypatch: Any, capsys: Any, options: tuple[str, ...], why: str) -> None:
    monkeypatch.chdir(out.parent)
    assert export(monkeypatch, "out", *options) == 2
    assert why in capsys.readouterr().err.replace("\n", " ")


def test_an_extension_of_nobodys_is_told(out: Path, monkeypatch: Any, capsys: Any) -> None:
    (out.parent / "policy.toml").write_text("[extensions]\nnoone = 3\n")
    assert export(monkeypatch, out, "--to", "csv", "--policy", out.parent / "policy.toml") == 0
    assert "noone: named in the policy's extensions, where it fits nobody or more than one\n" in capsys.readouterr().out


@pytest.mark.parametrize("to", ["csv", "canvas", "ctrf"])
def test_what_is_not_there(tmp_path: Path, monkeypatch: Any, capsys: Any, to: str) -> None:
    assert export(monkeypatch, tmp_path / "absent", "--to", to) == 2
    assert "absent is not there" in capsys.readouterr().err


def test_what_is_no_graded_class(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    assert export(monkeypatch, tmp_path, "--to", "csv") == 2
    assert "summary.json" in capsys.readouterr().err
    (tmp_path / "summary.json").write_text("{}")
    assert export(monkeypatch, tmp_path, "--to", "csv") == 2
    assert "no gradebook" in capsys.readouterr().err
