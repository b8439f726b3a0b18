"""The files with which a course proves itself: its stubs, its solutions, and submissions that show what checks do.

Who uses it: verify. What goes in: the home of a course. What comes out: an Exhibit for the stub and solution of each
exercise, and for each `right_`, `wrong_` and `cheat_` below submissions/EXERCISE (a file, or a folder that holds the
exercise's file and others); and, while one is graded, a folder as a student would hand it in.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import Course
from grader.places import Home
from grader.proving import headers
from grader.proving.headers import Header

KINDS = ("stub", "solution", "right", "wrong", "cheat")


@dataclass(frozen=True)
class Exhibit:
    """One of them; `kind` is a word of KINDS."""

    kind: str
    exercise: str
    path: Path
    header: Header = field(default_factory=Header)

    @property
    def name(self) -> str:
        """How it is called in what is told: "ex02_name_and_pid/wrong_kill_joins.py", "solutions/ex02...py"."""
        return f"{self.path.parent.name}/{self.path.name}"


def of_course(home: Home, course: Course) -> list[Exhibit]:
    """All exhibits that are there, exercise by exercise."""
    return [exhibit for exercise in course.exercises for exhibit in of_exercise(home, exercise)]


def of_exercise(home: Home, exercise: str) -> Iterator[Exhibit]:
    """Those of one exercise."""
    for kind, folder in (("stub", home.exercises), ("solution", home.solutions)):
        if (path := folder / f"{exercise}.py").is_file():
            yield Exhibit(kind, exercise, path)
    for path in submissions(home, exercise):
        kind = path.name.partition("_")[0]
        if kind in KINDS[2:]:
            yield Exhibit(kind, exercise, path, headers.read(_text(path, exercise)))


def submissions(home: Home, exercise: str) -> list[Path]:
    """What lies in the exercise's folder of submissions, by name."""
    folder = home.submissions / exercise
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in found if path.suffix == ".py" or (path.is_dir() and not path.name.startswith((".", "__")))]


def _text(path: Path, exercise: str) -> str:
    main = path / f"{exercise}.py" if path.is_dir() else path
    return main.read_bytes().decode("utf-8", "replace") if main.is_file() else ""


@contextlib.contextmanager
def handed_in(exhibit: Exhibit, beside: list[Path]) -> Iterator[Path]:
    """A folder with the exhibit's file under the exercise's name, and copies of the files `beside` it."""
    with tempfile.TemporaryDirectory(prefix="grade-exhibit-") as name:
        folder = Path(name)
        for path in beside:
            shutil.copyfile(path, folder / path.name)
        if exhibit.path.is_dir():
            shutil.copytree(exhibit.path, folder, dirs_exist_ok=True, symlinks=True)
        else:
            shutil.copyfile(exhibit.path, folder / f"{exhibit.exercise}.py")
        yield folder
