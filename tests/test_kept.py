"""What is kept between two commands: the last result of each exercise, in little, and never at the cost of a run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import results
from world import written

from grader.result import CheckResult, ExerciseResult, Result, State, Verdict
from grader.student import kept
from grader.walls import staging

A, B = "ex01_a", "ex02_b"


def result(*exercises: ExerciseResult, complete: bool = True) -> Result:
    return Result(
        course="c", kit="1", python="3", start_method="fork", submission="s", sandbox="none", complete=complete,
        exercises=list(exercises),
    )  # fmt: skip


def exercise(name: str, verdict: Verdict, **facts: object) -> ExerciseResult:
    check = CheckResult(id="check_x", function="f", section="7.3", verdict=verdict, **facts)  # type: ignore[arg-type]
    return ExerciseResult(id=name, state=State.GRADED, checks=[check])


def graded(folder: Path, *exercises: ExerciseResult, complete: bool = True) -> kept.Kept:
    kept.keep(folder, result(*exercises, complete=complete), kept.digests(folder, [e.id for e in exercises]))
    return kept.read(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "小明", {f"{A}.py": "a = 1\n"})


def test_nothing_is_kept_at_first(folder: Path) -> None:
    assert kept.read(folder).exercises == {}


def test_each_exercise_keeps_its_last_result(folder: Path) -> None:
    graded(folder, exercise(A, Verdict.FAILED), exercise(B, Verdict.PASSED))
    found = graded(folder, exercise(A, Verdict.STUCK))
    assert [found.exercises[name].result.checks[0].verdict for name in (A, B)] == [Verdict.STUCK, Verdict.PASSED]
    assert [found.exercises[name].solved for name in (A, B)] == [False, True]
    assert [found.exercises[name].digest is None for name in (A, B)] == [False, True]


def test_that_a_file_was_not_begun_holds_until_it_is_changed(folder: Path) -> None:
    found = graded(folder, ExerciseResult(id=A, state=State.UNTOUCHED)).exercises[A]
    assert kept.is_up_to_date(folder, A, found)
    written(folder, {f"{A}.py": "a = 2\n"})
    assert not kept.is_up_to_date(folder, A, found)
    assert kept.is_up_to_date(folder, A, graded(folder, exercise(A, Verdict.FAILED)).exercises[A])


def test_what_was_solved_stays_so(folder: Path) -> None:
    graded(folder, exercise(A, Verdict.PASSED))
    assert graded(folder, exercise(A, Verdict.FAILED)).exercises[A].solved


def test_hints_are_counted_until_it_is_solved(folder: Path) -> None:
    found = graded(folder, exercise(A, Verdict.FAILED))
    found.exercises[A].hinted["check_x"] = 2
    assert kept.write(folder, found)
    assert graded(folder, exercise(A, Verdict.FAILED)).exercises[A].hinted == {"check_x": 2}
    assert graded(folder, exercise(A, Verdict.PASSED)).exercises[A].hinted == {}


def test_what_was_not_graded_to_its_end_is_not_kept(folder: Path) -> None:
    graded(folder, exercise(A, Verdict.PASSED), exercise(B, Verdict.PASSED))
    found = graded(folder, exercise(A, Verdict.FAILED), exercise(B, Verdict.BROKEN), complete=False)
    kept_of = {name: each.result.checks[0].verdict for name, each in found.exercises.items()}
    assert kept_of == {A: Verdict.FAILED, B: Verdict.PASSED}


def test_a_file_that_was_saved_since_has_changed(folder: Path) -> None:
    found = graded(folder, exercise(A, Verdict.FAILED)).exercises[A]
    assert not kept.has_changed(folder, A, found)
    written(folder, {f"{A}.py": "a = 2\n"})
    assert kept.has_changed(folder, A, found)


def test_only_little_is_kept(folder: Path, state: Path) -> None:
    graded(folder, exercise(A, Verdict.FAILED, output="x" * 1_000_000))
    assert [path.stat().st_size < 10_000 for path in state.rglob("*.json")] == [True]


def test_what_somebody_else_forgets_meanwhile_is_kept_all_the_same(
    tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def has_gone(folder: Path) -> None:
        raise FileNotFoundError(folder)

    monkeypatch.setattr(kept, "_forget_the_oldest", has_gone)
    assert kept.write(tmp_path, kept.Kept(folder=str(tmp_path)))


def test_the_oldest_folders_are_forgotten(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_FOLDERS", 2)
    folders = [written(tmp_path / name, {f"{A}.py": "a"}) for name in "abc"]
    for age, folder in enumerate(folders):
        graded(folder, exercise(A, Verdict.PASSED))
        newest = max(state.rglob("*.json"), key=lambda path: path.stat().st_mtime)
        os.utime(newest, (1000 + age, 1000 + age))
    assert [bool(kept.read(folder).exercises) for folder in folders] == [False, True, True]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"form": 9, "folder": ""}', b"\xff\xfe"])
def test_what_cannot_be_read_is_as_nothing(folder: Path, state: Path, content: bytes) -> None:
    graded(folder, exercise(A, Verdict.PASSED))
    for path in state.rglob("*.json"):
        path.write_bytes(content)
    assert kept.read(folder).exercises == {}
    assert graded(folder, exercise(A, Verdict.PASSED)).exercises[A].solved


def test_where_nothing_can_be_kept_nothing_fails(folder: Path, state: Path) -> None:
    state.write_text("a file where the folder should be")
    assert graded(folder, exercise(A, Verdict.PASSED)).exercises == {}


def test_every_kind_of_result_comes_back(folder: Path) -> None:
    mixed = results.mixed()
    kept.keep(folder, mixed, kept.digests(folder, [exercise.id for exercise in mixed.exercises]))
    assert [each.result.id for each in kept.read(folder).exercises.values()] == [e.id for e in mixed.exercises]


def test_what_is_begun_is_told_without_grading(folder: Path) -> None:
    stub = folder / f"{A}.py"
    assert kept.begun(folder / "nothing.py", stub) is State.MISSING
    assert kept.begun(stub, stub) is State.UNTOUCHED
    assert kept.begun(written(folder, {"other.py": "a = 3\n"}) / "other.py", stub) is State.GRADED


def test_what_would_not_be_taken_in_has_no_digest(folder: Path) -> None:
    with open(folder / "large.py", "wb") as file:
        file.truncate(staging.BYTES + 1)
    os.symlink(__file__, folder / "link.py")
    os.mkfifo(folder / "pipe.py")

    assert [kept.digest(folder / f"{name}.py") for name in ("large", "link", "pipe")] == [None] * 3
    assert kept.digest(Path(__file__)) is not None
