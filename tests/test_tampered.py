"""The folder of a class that somebody else had a hand in: the culprit is named, and nothing is written elsewhere."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from batched import FILE, RIGHT, Passes, all_told, home
from classes import crowd, lay
from world import linux, written

from grader import course as courses
from grader import gradebook, places
from grader.classes import batch as batches
from grader.classes import likeness
from grader.classes.classwork import Settings
from grader.gradebook import Gradebook
from grader.result import from_json, to_json

__all__ = ["home"]

pytestmark = [linux, pytest.mark.frontend]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A class of two who have a result each, made up."""
    made, results = crowd(2)
    folder = lay(tmp_path / "out", made)
    for name, result in results.items():
        result.key = ""
        (folder / "submissions" / name).mkdir(parents=True)
        (folder / "submissions" / name / "result.json").write_bytes(to_json(result))
    return folder


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:900])


def of_another(path: Path) -> None:
    path.write_bytes((path.parent.parent / "s0001" / "result.json").read_bytes())


def with_more_bonus(path: Path) -> None:
    result = from_json(path.read_bytes())
    result.stretch += 1
    path.write_bytes(to_json(result))


def as_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def as_device(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (cut, "is no result of grade: Input data was truncated"),
        (of_another, "is not the result that summary.json tells of s0000"),
        (with_more_bonus, "is not the result that summary.json tells of s0000"),
        (as_pipe, "no regular file"),
        (as_device, "no regular file"),
    ],
)
@pytest.mark.parametrize("command", [("report",), ("export", "--to", "csv")])
def test_result_that_is_none_is_named(
    out: Path, grade: Any, tamper: Callable[[Path], None], told: str, command: tuple[str, ...]
) -> None:
    path = out / "submissions" / "s0000" / "result.json"
    tamper(path)
    said = grade(command[0], out, *command[1:])
    assert (said.status, said.err.count("\n")) == (2, 1)
    assert said.err.startswith(f"grade: {path}") and told in said.err


def test_no_page_is_written_behind_a_link(out: Path, grade: Any, tmp_path: Path) -> None:
    elsewhere = (out / "submissions" / "s0000").rename(tmp_path / "elsewhere")
    (out / "submissions" / "s0000").symlink_to(elsewhere)
    said = grade("report", out)
    assert (said.status, "s0000: a link" in said.err, os.listdir(elsewhere)) == (2, True, ["result.json"])


@pytest.mark.parametrize("command", [("report",), ("export", "--to", "csv")])
def test_gradebook_that_leads_elsewhere_is_named(out: Path, grade: Any, command: tuple[str, ...]) -> None:
    text = (out / gradebook.SUMMARY).read_bytes()
    (out / gradebook.SUMMARY).write_bytes(text.replace(b'"id": "s0000"', b'"id": "../../elsewhere"'))
    said = grade(command[0], out, *command[1:])
    assert (said.status, "the id '../../elsewhere' is none - at `$.entries[0].id`" in said.err) == (2, True)


@pytest.fixture
def graded(home: Path, tmp_path: Path) -> Callable[[], Gradebook]:
    """Grades a class of one into `tmp_path / "out"`."""
    source, at = written(tmp_path / "class", {f"ada/{FILE}": RIGHT}), places.home(home)

    def run() -> Gradebook:
        plan = batches.Plan([source], tmp_path / "out", Settings(exercises=["ex01_double"]), at)
        with contextlib.nullcontext(Passes()) as passes:
            return batches.grade(
                plan, courses.load(at.course), Nobody(), page, lambda _: contextlib.nullcontext(passes)
            )

    return run


class Nobody:
    """Who is told, and does not listen."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


def page(result: object) -> bytes:
    return b"a page"


@pytest.mark.parametrize("tamper", [as_pipe, as_device])
@pytest.mark.parametrize(
    "name",
    ["summary.json", "submissions/ada/result.json", "submissions/ada/report.html", f"submissions/ada/files/{FILE}"],
)
def test_what_is_no_file_gives_way_to_one(
    graded: Callable[[], Gradebook], tmp_path: Path, name: str, tamper: Callable[[Path], None]
) -> None:
    graded()
    before = all_told(tmp_path / "out")
    tamper(tmp_path / "out" / name)
    (tmp_path / "out" / "submissions" / "ada" / "result.json").unlink()
    graded()
    assert all_told(tmp_path / "out") == before
    assert (tmp_path / "out" / name).is_file() and not (tmp_path / "out" / name).is_symlink()


def test_lock_that_is_a_pipe_is_named(graded: Callable[[], Gradebook], tmp_path: Path) -> None:
    graded()
    as_pipe(tmp_path / "out" / gradebook.LOCK)
    with pytest.raises(OSError) as told:
        graded()
    assert told.value.filename == str(tmp_path / "out" / gradebook.LOCK)


@pytest.mark.parametrize("name", ["submissions/ada", "submissions/ada/files"])
def test_nothing_is_written_behind_a_link(graded: Callable[[], Gradebook], tmp_path: Path, name: str) -> None:
    (tmp_path / "out" / name).parent.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="a link"):
        graded()
    assert os.listdir(tmp_path / "elsewhere") == []


def test_files_that_never_end_are_compared_with_nobody(tmp_path: Path) -> None:
    as_pipe(tmp_path / "ex01.py")
    as_device(tmp_path / "ex02.py")
    (tmp_path / "ex03.py").write_text("x" * (1 << 20))
    assert {name: len(text) for name, text in likeness.of_folder(tmp_path).items()} == {"ex03": likeness.FILE_BYTES + 1}
