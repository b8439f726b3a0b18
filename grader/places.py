"""Where a course lies: the kit's own, in an installed package or in a checkout, or a teacher's in a folder.

A course is a folder that holds course.toml and the folders exercises (the stubs), solutions, checks and submissions.
The kit's own is spread a little: its checks are part of the package, its submissions stay in the checkout.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from grader.misuse import Misuse

PACKAGE = Path(__file__).resolve().parent


class NoCourse(Misuse):
    """There is no course at the path that was given: the user's failure."""


@dataclass(frozen=True)
class Home:
    """The parts of one course; `solutions` and `submissions` need not be there."""

    course: Path
    exercises: Path
    solutions: Path
    checks: Path
    submissions: Path

    def checks_of(self, exercise: str) -> list[Path]:
        """The files that hold the checks of `exercise`: the one of its name first, then those that go on from it."""
        return sorted(path for path in self.checks.glob("*.py") if exercise_of(path) == exercise)

    @property
    def pytest_ini(self) -> Path:
        """How pytest is to collect the checks: the course's own word, else the kit's."""
        own = self.checks / "pytest.ini"
        return own if own.is_file() else CHECKS / "pytest.ini"


def exercise_of(path: Path) -> str:
    """The exercise that a file of checks is of: what would be too long for one goes on in NAME__PART.py."""
    return path.stem.partition("__")[0]


def home(folder: Path) -> Home:
    """The course in `folder`; raises NoCourse where there is none."""
    whole = folder.resolve()
    for name in ("course.toml", "exercises", "checks"):
        if not (whole / name).exists():
            raise NoCourse("use_no_course", folder=folder, name=name)
    parts = ("course.toml", "exercises", "solutions", "checks", "submissions")
    return Home(*(whole / name for name in parts))


def as_text(path: Path | str) -> str:
    """A path as text: the name of a file need be none, and what of it is none is written as Python would (\\xff)."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _beside(name: str, inside: str = "") -> Path:
    """`name` inside the package, where the wheel puts it (and may call it `inside`), else beside it in a checkout."""
    within = PACKAGE / (inside or name)
    return within if within.is_dir() else PACKAGE.parent / name


EXERCISES = _beside("exercises")
SOLUTIONS = _beside("solutions")
TEMPLATES = _beside("templates", "templates_of_ci")
CHECKS = PACKAGE / "checks"
KIT = Home(PACKAGE / "course.toml", EXERCISES, SOLUTIONS, CHECKS, PACKAGE.parent / "tests" / "submissions")
