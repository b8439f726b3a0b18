"""A course: its sections, exercises, checks and every word that a student reads, as typed data from course.toml.

Who uses it: run asks it which checks an exercise has and what they are worth; report and cli ask it for words.
Every text stands in English and Chinese side by side; `Text.in_(lang)` chooses.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated

import msgspec

from grader.result import Reveal

LANGUAGES = ("en", "zh")
HOME = Path(__file__).resolve().parent
Name = Annotated[str, msgspec.Meta(pattern="^(?!.*__)")]  # of an exercise: what follows `__` in a file's name is a part


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same words in both languages."""

    en: str
    zh: str

    def in_(self, lang: str) -> str:
        """The words in `lang`, "en" or "zh"."""
        return self.zh if lang == "zh" else self.en


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the course unit; a starred one doubles the points of its checks."""

    title: Text
    link: str
    star: bool = False


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a student is told of a check, and what it grades."""

    function: str
    section: str
    title: Text
    hint: Text
    stretch: bool = False
    absence: bool = False  # that something does not happen: it counts only beside a check that something does
    weight: int = 1  # how many ordinary checks take as long, where it takes much longer than one
    posix: bool = False  # that it asks for signals, which Windows does not have
    reveal: Reveal | None = None  # how much its failure reveals in CI; None: as the course has it


class Exercise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One exercise file: its title, its checks by name in the order they are graded, and a word for who is done."""

    title: Text
    praise: Text
    checks: dict[str, Check]


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """course.toml, whole."""

    id: str
    title: Text
    sections: dict[str, Section]
    exercises: dict[Name, Exercise]
    reveal: Reveal = Reveal.FULL  # how much a failure reveals in CI
    causes: dict[str, Text] = {}  # likely causes of a failure, by key; {words} in braces are filled from the facts
    waits: dict[str, Text] = {}  # what a process can wait for, by key; from words.toml
    words: dict[str, Text] = {}  # everything else that the report and the terminal say, by key; from words.toml

    def points(self, check: Check) -> int:
        """What `check` is worth: 1, or 2 in a starred section."""
        section = self.sections.get(check.section)
        return 2 if section and section.star else 1


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """words.toml, whole: what is said of any course."""

    waits: dict[str, Text]
    words: dict[str, Text]


def load(path: Path = HOME / "course.toml") -> Course:
    """The course that `path` holds, with the kit's own words, and the kit's causes where it has none of that name.

    Raises msgspec.DecodeError where it is not of the form above, and OSError where it cannot be read.
    """
    if path == HOME / "course.toml":
        return kit()
    course = msgspec.toml.decode(path.read_bytes(), type=Course)
    own = kit()
    return msgspec.structs.replace(course, causes=own.causes | course.causes, waits=own.waits, words=own.words)


@functools.cache
def kit() -> Course:
    """The kit's own course; it is read once, which takes a while."""
    course, own = read(HOME / "course.toml"), words()
    return msgspec.structs.replace(course, waits=own.waits, words=own.words)


def for_judge(course: Course) -> bytes:
    """What a judge has to know of the course, as JSON, which takes a twentieth of the time that TOML takes to read."""
    return msgspec.json.encode(msgspec.structs.replace(course, causes={}, waits={}, words={}))


def of_judge(path: Path) -> Course:
    """What `for_judge` made, from a file."""
    return msgspec.json.decode(path.read_bytes(), type=Course)


def words() -> Words:
    """The words of the interface, which are the same for any course."""
    return msgspec.toml.decode((HOME / "words.toml").read_bytes(), type=Words)


def read(path: Path) -> Course:
    """The course that `path` holds, with no words but its own; raises as load."""
    return msgspec.toml.decode(path.read_bytes(), type=Course)
