"""The entries of a gradebook: who is graded again, who is kept, under odd names too, and what fails for one alone."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
import small_course
from batched import FILE, RIGHT, WRONG, Passes, batch, book_of, command, home, result_of
from downloads import tarred
from rich.console import Console
from world import linux, written

from grader import course as courses
from grader import places
from grader.classes import batch as batches
from grader.classes import roll
from grader.classes.classwork import Settings
from grader.classes.headway import Headway
from grader.gradebook import EntryState
from grader.intake import snapshot
from grader.intake.downloads import HandedIn
from grader.intake.snapshot import Snapshot
from grader.misuse import Misuse

__all__ = ["home"]

pytestmark = [linux, pytest.mark.frontend]


def test_what_has_changed_is_graded_again(home: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT, f"bob/{FILE}": WRONG})
    batch(home, source, "-o", tmp_path / "out")
    written(source, {f"bob/{FILE}": RIGHT})
    done = batch(home, source, "-o", tmp_path / "out")
    assert "(1 graded now" in done.stdout
    assert result_of(tmp_path / "out", "bob").score == result_of(tmp_path / "out", "ada").score
    assert "(2 graded now" in batch(home, source, "-o", tmp_path / "out", "--force").stdout
    assert "(1 graded now" in batch(home, source, "-o", tmp_path / "out", "--force", "--only", "ada").stdout
    assert {each.state for each in book_of(tmp_path / "out").entries} == {EntryState.GRADED}
    assert "(2 graded now" in batch(home, source, "-o", tmp_path / "out", "--memory", "512").stdout


def test_time_of_submission_is_kept(home: Path, tmp_path: Path) -> None:
    files = {f"hw1-{name}/{path}": RIGHT for name in ("ada", "bob") for path in (FILE, ".git/HEAD")}
    source = written(tmp_path / "hw1-submissions", {**files, "g.csv": "username,datetime\nada,2026-01-05T10:20:30Z\n"})
    batch(home, source, "-o", tmp_path / "out")
    (source / "g.csv").unlink()
    batch(home, source, "-o", tmp_path / "out", "--force")
    ada = next(each for each in book_of(tmp_path / "out").entries if each.id == "ada")
    assert ada.submitted_at == "2026-01-05T10:20:30+00:00"
    assert ada.graded_at and ada.graded_at > ada.submitted_at


def test_names_that_are_no_text_end_no_run(home: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT})
    odd = Path(os.fsdecode(b"zo\xeb"))
    written(source, {str(odd / FILE): RIGHT, str(odd / odd): "", str(odd) + ".txt": ""})
    (source / odd / "link").symlink_to(odd)
    tarred(source / "tar.tar", [(tarfile.TarInfo(str(odd / FILE)), RIGHT.encode())], "w")
    done = batch(home, source, "-o", tmp_path / "out")
    book = book_of(tmp_path / "out")
    assert done.returncode == 0, done.stderr
    graded = [(each.id, each.name, each.score) for each in book.entries]
    assert graded == [("ada", "ada", 3), ("tar", "tar", 3), ("zo", r"zo\udceb", 3)]
    assert [r"zo\udceb.txt" in line for line in book.not_understood] == [True]


def test_roster_and_missing(home: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT})
    (tmp_path / "roster.csv").write_text("id,name,email\nada,Ada Lovelace,a@x.org\nzoe,Zoe,z@x.org\n")
    batch(home, source, "-o", tmp_path / "out", "--roster", tmp_path / "roster.csv")
    book = book_of(tmp_path / "out")
    assert [each.id for each in book.missing] == ["zoe"]
    assert result_of(tmp_path / "out", "ada").submission == "Ada Lovelace"


@pytest.mark.parametrize(
    "arguments",
    [["nowhere"], ["class", "--only", "adda"], ["class", "--name-regex", "("], ["class", "--roster", "none.csv"]],
)
def test_wrong_use(home: Path, tmp_path: Path, arguments: list[str]) -> None:
    written(tmp_path / "class", {f"ada/{FILE}": RIGHT})
    done = subprocess.run(
        command(home, *arguments, "-o", "out"), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_submission_over_its_budget_is_skipped_from_there_on(home: Path, tmp_path: Path) -> None:
    computes = RIGHT.replace(small_course.DOUBLE, "    while True:\n        number = 1")
    source = written(tmp_path / "class", {f"ada/{FILE}": computes})
    assert batch(home, source, "-o", tmp_path / "out", "--budget", "1").returncode == 0
    checks = result_of(tmp_path / "out", "ada").exercises[0].checks
    assert [check.because for check in checks][-1] == "budget"
    assert result_of(tmp_path / "out", "ada").max_score == 3
    told = f"before the last {sum(check.because == 'budget' for check in checks)} of its checks"
    assert told in book_of(tmp_path / "out").entries[0].notes[0]
    assert "had used up the time" in (tmp_path / "out" / "submissions" / "ada" / "report.html").read_text()
    assert told in (tmp_path / "out" / "index.html").read_text()


def test_judge_that_dies_is_replaced_and_then_broken(home: Path, tmp_path: Path) -> None:
    """A course whose own check ends its judge: our fault, and told as such."""
    at = small_course.make(
        tmp_path / "course",
        **{f"checks/{FILE}": small_course.CHECKS + "\n\nimport os\ndef check_run(submission):\n    os._exit(3)\n"},
    )
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT, f"ivy/{FILE}": small_course.STUB})
    done = batch(at, source, "-o", tmp_path / "out")
    states = {each.id: each.state for each in book_of(tmp_path / "out").entries}
    assert (done.returncode, states) == (1, {"ada": EntryState.BROKEN, "ivy": EntryState.GRADED})
    assert "(0 graded now" in batch(at, source, "-o", tmp_path / "out").stdout
    assert "(1 graded now" in batch(at, source, "-o", tmp_path / "out", "--retry-broken").stdout


def test_results_may_lie_in_the_folder_of_the_class(home: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT, f"bob/{FILE}": WRONG})
    batch(home, source, "-o", source / "graded")
    done = batch(home, source, "-o", source / "graded", "--jobs", "1")
    assert "2 graded (0 graded now" in done.stdout, done.stdout + done.stderr
    assert [each.id for each in book_of(source / "graded").entries] == ["ada", "bob"]
    done = batch(home, *sorted(source.iterdir()), "-o", source / "graded")
    assert "2 graded (0 graded now" in done.stdout, done.stdout + done.stderr


def grade_here(home: Path, source: Path, out: Path, **asked: Any) -> dict[str, EntryState]:
    """The class, taken in by this process; what it says of it goes nowhere."""
    at = places.home(home)
    plan = batches.Plan([source], out, Settings(exercises=[small_course.EXERCISE]), at, **asked)
    with Headway(Console(file=io.StringIO()), quiet=True) as nobody:
        course = courses.load(at.course)
        book = batches.grade(plan, course, nobody, lambda _: b"", lambda _: contextlib.nullcontext(Passes()))
    return {each.id: each.state for each in book.entries}


@pytest.mark.parametrize("number", [errno.ENAMETOOLONG, errno.EEXIST, errno.EIO])
def test_what_fails_where_one_is_taken_in_is_broken_alone(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    take = snapshot.take

    def failing(handed: HandedIn, work: Path, exercises: list[str]) -> Snapshot:
        if handed.id == "bob":
            raise OSError(number, os.strerror(number), str(work / "submission"))
        return take(handed, work, exercises)

    monkeypatch.setattr(snapshot, "take", failing)
    source = written(tmp_path / "class", {f"{name}/{FILE}": RIGHT for name in ("ada", "bob", "cy")})
    states = grade_here(home, source, tmp_path / "out")
    assert states == {"ada": EntryState.GRADED, "bob": EntryState.BROKEN, "cy": EntryState.GRADED}


@pytest.mark.parametrize(
    ("number", "path"),
    [(errno.ENOSPC, None), (errno.EFBIG, None), (errno.ENOSPC, ".work/bob"), (errno.EACCES, "submissions/bob/x")],
)
def test_a_full_disk_and_a_result_that_cannot_be_written_end_the_run(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, path: str | None
) -> None:
    def failing(*_: object) -> None:
        raise OSError(number, os.strerror(number), path and str(tmp_path / "out" / path))

    monkeypatch.setattr(roll, "keep", failing)
    with pytest.raises(OSError, match=os.strerror(number)):
        grade_here(home, written(tmp_path / "class", {f"bob/{FILE}": RIGHT}), tmp_path / "out")


def test_one_alone_leaves_the_others_as_they_were(home: Path, tmp_path: Path) -> None:
    source, out = written(tmp_path / "class", {f"{name}/{FILE}": RIGHT for name in ("ada", "bob")}), tmp_path / "out"
    written(source, {"gil/readme.txt": "nothing", f"hal/copy/{FILE}": RIGHT, f"hal/{FILE}": RIGHT})
    grade_here(home, source, out)
    before = {each.id: each for each in book_of(out).entries}
    assert before["gil"].reason and before["hal"].notes
    grade_here(home, source, out, only=["ada"], force=True)
    assert {each.id: each for each in book_of(out).entries} | {"ada": before["ada"]} == before


def test_an_id_that_is_nobodys_leaves_all_as_it_was(home: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "class", {f"ada/{FILE}": RIGHT})
    grade_here(home, source, tmp_path / "out")
    before = book_of(tmp_path / "out")
    with pytest.raises(Misuse, match="Did you mean ada"):
        grade_here(home, source, tmp_path / "out", only=["adda"])
    assert book_of(tmp_path / "out") == before
