"""A class graded: one entry for each submission, plain data that goes to OUT/summary.json and back.

Who uses it: batch makes a Gradebook and writes it; the class page, gradebook.csv and the exports read one, and the
results that it names. What it says of where they lie is looked at when it is read: nothing leads out of OUT. What lies
in OUT, the folder of a graded class:

    summary.json                    the Gradebook
    index.html, gradebook.csv       the same for people
    submissions/ID/result.json      what grading it gave (result.py); not there where nothing could be graded
    submissions/ID/report.html      its page
    submissions/ID/files/           the exercise files as they were graded

An entry says what is known of a submission and its student, and the sums of its result. What was found stands in the
result alone.
"""

from __future__ import annotations

import enum
import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from grader.visible import in_json

SUMMARY, SUBMISSIONS, RESULT, REPORT = "summary.json", "submissions", "result.json", "report.html"
FILES = "files"
LOCK = ".lock"  # there from the beginning
ID = re.compile(r"(?!\.)[\w.-]{1,120}")
Points = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class EntryState(str, enum.Enum):
    """What became of one submission."""

    GRADED = "graded"
    WAITING = "waiting"  # still to be graded: the run was ended before
    REFUSED = "refused"  # it could not be taken in: `reason` says why
    MISSING = "missing"  # on the roster, and nothing was handed in
    BROKEN = "broken"  # we could not grade it, or not all of it: our fault


class Entry(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One submission of a class, or a student of the roster without one."""

    id: str  # safe as a name of a folder, and unique in the class without regard to case: submissions/ID
    name: str = ""  # of the student (or the group), as the download or the roster has it
    email: str = ""
    student_id: str = ""  # in the course system
    group: str = ""
    source: str = ""  # where it was found
    submitted_at: str | None = None  # ISO 8601; kept when it is graded again
    graded_at: str | None = None  # ISO 8601, UTC
    late: bool | None = None  # as the download says; None where it says nothing
    on_roster: bool | None = None  # None where there is no roster
    state: EntryState = EntryState.WAITING
    reason: str = ""  # why it was refused, or is broken
    notes: list[str] = []  # what was left out or chosen when it was taken in, and what there was no time for
    key: str = ""  # over content, kit, course and settings: a result with another key is stale
    score: Points = 0
    max_score: Points = 0
    stretch: Points = 0
    complete: bool = False  # as the result says; a summary.json of before says it of nobody, and GRADED always means it
    verdicts: dict[str, int] = {}  # how many checks ended so
    result: str | None = None  # the path of its result within OUT

    @property
    def is_whole(self) -> bool:
        """Whether its score is one: what no judge came to is missing from the score and the maximum alike."""
        return self.state is EntryState.GRADED or self.complete


class Gradebook(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A class, whole; the entries by name, then id."""

    schema: Literal[1] = 1  # another one is of another kit
    course: str
    kit: str  # the version of prograde
    entries: list[Entry] = []
    not_understood: list[str] = []  # files of the download that belong to nobody, as far as we can tell, and why

    @property
    def missing(self) -> list[Entry]:
        """Those on the roster of whom there is nothing."""
        return [entry for entry in self.entries if entry.state is EntryState.MISSING]

    @property
    def unknown(self) -> list[Entry]:
        """Those who handed in and are not on the roster."""
        return [entry for entry in self.entries if entry.on_roster is False]


def to_json(gradebook: Gradebook) -> bytes:
    """The gradebook as indented JSON, ending in a newline."""
    return in_json(msgspec.json.format(msgspec.json.encode(gradebook), indent=1)) + b"\n"


def from_json(text: bytes) -> Gradebook:
    """The gradebook that `text` holds; raises msgspec.ValidationError or msgspec.DecodeError where it is none."""
    book = msgspec.json.decode(text, type=Gradebook)
    seen: set[str] = set()
    for number, entry in enumerate(book.entries):
        if not ID.fullmatch(entry.id) or entry.id.casefold() in seen:
            what = "is there twice" if entry.id.casefold() in seen else "is none"
            raise msgspec.ValidationError(f"the id {entry.id[:80]!r} {what} - at `$.entries[{number}].id`")
        if entry.result not in (None, result_of(entry)):
            told = f"the result of {entry.id} has to be {result_of(entry)}"
            raise msgspec.ValidationError(f"{told} - at `$.entries[{number}].result`")
        seen.add(entry.id.casefold())
    return book


def is_graded(folder: Path) -> bool:
    """Whether a class was graded into `folder`, or began to be."""
    return (folder / LOCK).is_file() and (folder / SUBMISSIONS).is_dir()


def result_of(entry: Entry) -> str:
    """The path of an entry's result within OUT."""
    return f"{SUBMISSIONS}/{entry.id}/{RESULT}"


def folder_of(out: Path, entry: Entry) -> Path:
    """Where in `out` the files of `entry` lie."""
    return out / SUBMISSIONS / entry.id
