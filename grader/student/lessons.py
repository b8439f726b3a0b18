"""The sections of a course, each in one screen: what it is, the usual mistakes, a small example.

Who uses it: `grade explain`. What goes in: lessons.toml, which lies beside course.toml; what comes out: typed data.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.course import Text


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One section, explained."""

    what: Text
    mistakes: list[Text]
    example: str  # Python that runs; the comment behind a print is what it prints


def load(course: Path) -> dict[str, Lesson]:
    """The lessons beside the course.toml at `course`, by section; none where there is no such file.

    Raises msgspec.DecodeError where the file is not of that form.
    """
    path = course.with_name("lessons.toml")
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, Lesson]) if path.is_file() else {}
