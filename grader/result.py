"""What grading a submission gave: plain data that goes to JSON and back, with a published schema.

Who uses it: run writes a Result after every check; report, cli and exports read one and need nothing else.
It carries facts and keys, never prose: titles, hints and causes are words of the course (course.toml), chosen by
key when a result is shown, so that one result can be shown in either language.

The score of an exercise is the sum of its checks' points without the stretch ones; a `broken` check is our own
fault and is left out of score and maximum alike, so that it never costs a point.
"""

from __future__ import annotations

import contextlib
import enum
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from grader.visible import in_json

Points = Annotated[int, msgspec.Meta(ge=0, le=1000)]  # of one check
SYSTEM = "system"  # why a check is skipped that asks for what the system does not have


class Verdict(str, enum.Enum):
    """What was found of one check."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"  # the process that ran the student's function died
    STUCK = "stuck"  # blocked for good, busy or asleep
    SKIPPED = "skipped"  # not judged, because of what is named
    BROKEN = "broken"  # the grader could not tell: our fault


class State(str, enum.Enum):
    """What was found of one exercise file."""

    GRADED = "graded"
    MISSING = "missing"
    UNTOUCHED = "untouched"  # still the stub, or no code at all
    UNLOADABLE = "unloadable"


class Reveal(str, enum.Enum):
    """How much is told of a failure to those who must not be told all; reveal.py leaves out the rest."""

    FULL = "full"
    OWN = "own"  # only what the student's code did
    KIND = "kind"  # only that it failed, and how: failed, crashed or stuck


class Plain(msgspec.Struct, forbid_unknown_fields=True):
    """The base of all parts of a result: nothing in it that the schema does not name."""


FAULTS = (Verdict.FAILED, Verdict.CRASHED, Verdict.STUCK)  # what puts the blame on a function of the student's


class Waiting(Plain, kw_only=True):
    """One process of a stuck submission: who waits where, for what, and for whom."""

    who: str  # a key with a name where there is one: "main", "process writer", "pool worker 2"
    pid: int  # as the student's code sees it
    line: int | None = None  # in `file`, the student's frame nearest the wait
    file: str | None = None
    source: str | None = None  # that line's text
    waits_for: str  # a key of the course's [waits]: "join", "queue_get", "pipe_room" ...
    on: str | None = None  # the `who` of the process that it waits for, where known
    name: str | None = None  # of what it waits for, where that has one
    seconds: float | None = None  # that it asked to wait, where it did


class Event(Plain, kw_only=True, omit_defaults=True):
    """One thing that happened to a process during a check; see timeline.py."""

    at_s: float  # seconds since the check began: for drawing only, no verdict rests on it
    kind: str  # "born", "called", "checked_in", "held", "released", "waits", "returned", "raised", "ended", "reaped"
    pid: int  # as the student's code sees it
    who: str  # as in Waiting, as far as it is known by then; "" where it is not
    by: str = "kernel"  # who says so: "kernel", "check" (what it did itself) or "code" (the student's side)
    parent_pid: int | None = None  # of a birth: who started it
    detail: str | None = None  # an exit code, a signal's name, a function's, an order, a key of the course's [waits]
    on: str | None = None  # of a wait: the `who` of the process that it waits for, where known
    line: int | None = None  # of a wait: where in the student's file, where known


class Excerpt(Plain, kw_only=True):
    """Some lines of the student's file, bounded in number and length."""

    first: int  # the number of the first of them
    lines: list[str]
    of: str | None = None  # the function that they are, where they are no surroundings of a line


class CheckResult(Plain, kw_only=True):
    """One check of one submission."""

    id: str
    function: str  # the contract's function that it grades; "import" for the loading itself
    section: str
    verdict: Verdict
    because: str | None = None  # why it was skipped: the state of the exercise, "budget", or "system"
    points: Points = 0
    max_points: Points = 0
    stretch: bool = False
    duration_s: float = 0.0
    expected: str | None = None
    seen: str | None = None
    cause: str | None = None  # a key of the course's [causes]
    facts: dict[str, str] = {}  # what the words of the cause are filled with
    hang: str | None = None  # what a stuck verdict was: "settled", "busy", "asleep", "patience"
    judge: str | None = None  # who decided that: "calls", "stacks", "counters", "cpu", "processes", "output", "clock"
    line: int | None = None  # the student's line that the failure points at
    file: str | None = None
    source: str | None = None
    excerpt: Excerpt | None = None  # the lines around that line, else the function that the check grades
    output: str = ""
    waiting: list[Waiting] = []
    timeline: list[Event] = []
    reveal: Reveal = Reveal.FULL  # how much of it is left

    @property
    def counts(self) -> bool:
        """Whether it could be asked and told: what was our fault, or is not to be had on this system, does not."""
        return self.verdict is not Verdict.BROKEN and self.because != SYSTEM


class LoadError(Plain, kw_only=True):
    """Why an exercise file could not be loaded."""

    type: str  # the exception's class, "stuck" or "crashed"
    text: str
    line: int | None = None
    file: str | None = None
    source: str | None = None
    excerpt: Excerpt | None = None
    called: Excerpt | None = None  # where it was raised in a function that `line`, outside of all functions, calls


class Portability(Plain, kw_only=True):
    """One function under each start method that was tried: a finding beside the score, never a lost point."""

    function: str
    verdicts: dict[str, Verdict]  # by start method: the first of its checks' that is not "passed", else "passed"
    cause: str | None = None  # a word's key, see portability.py, why it does not pass under all as it does under one
    facts: dict[str, str] = {}  # what the words of the cause are filled with
    line: int | None = None  # the student's line that the failure points at
    file: str | None = None
    source: str | None = None


class ExerciseResult(Plain, kw_only=True):
    """One exercise of one submission."""

    id: str
    state: State
    score: int = 0
    max_score: int = 0
    stretch: int = 0
    checks: list[CheckResult] = []
    error: LoadError | None = None
    portability: list[Portability] = []  # one row a function, where every start method was tried

    def add_up(self) -> None:
        """Sets the three sums from the checks."""
        counted = [c for c in self.checks if not c.stretch and c.counts]
        self.score = sum(c.points for c in counted)
        self.max_score = sum(c.max_points for c in counted)
        self.stretch = sum(c.points for c in self.checks if c.stretch)


class Result(Plain, kw_only=True):
    """One submission graded; `complete` is false while, or if, checks are still to come."""

    schema: Literal[1] = 1  # another one is of another kit
    course: str
    kit: str  # the version of prograde
    python: str
    start_method: str  # of multiprocessing, as it was in force
    submission: str
    sandbox: str  # the tier that was in force: "bubblewrap", "landlock", "none"
    complete: bool = False
    score: int = 0
    max_score: int = 0
    stretch: int = 0
    duration_s: float = 0.0
    submitted_at: str | None = None  # ISO 8601, as the course system says; kept when it is graded again
    graded_at: str | None = None  # ISO 8601, UTC
    key: str | None = None  # of a class: over content, kit, course and settings; with another one it is stale
    exercises: list[ExerciseResult] = []

    def add_up(self) -> None:
        """Sets the sums of every exercise and of the whole."""
        for exercise in self.exercises:
            exercise.add_up()
        self.total()

    def total(self) -> None:
        """Sets the sums of the whole from those of the exercises."""
        self.score = sum(e.score for e in self.exercises)
        self.max_score = sum(e.max_score for e in self.exercises)
        self.stretch = sum(e.stretch for e in self.exercises)

    def verdicts(self) -> list[Verdict]:
        """The verdicts of all checks, in course order."""
        return [check.verdict for exercise in self.exercises for check in exercise.checks]


RESULT = msgspec.json.Decoder(Result)  # made once: two threads that look into a type at one time can end the process


def to_json(result: Result) -> bytes:
    """The result as indented JSON, ending in a newline."""
    return in_json(msgspec.json.format(msgspec.json.encode(result), indent=1)) + b"\n"


def from_json(text: bytes) -> Result:
    """The result that `text` holds; raises msgspec.ValidationError or msgspec.DecodeError where it is none."""
    return RESULT.decode(text)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every written result is valid against."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A result of grade",
        **msgspec.json.schema(Result),
    }


def write_atomically(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Writes beside `path` and moves into place: a reader sees the old content or the new, never a part.

    `durable` waits until the content is on the disk (fsync, some milliseconds), so that it outlives a power cut.
    Raises OSError where the folder cannot be written; what stood at `path` is then untouched. A device or a pipe, such
    as /dev/stdout, is never replaced: the content goes into it.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        with _named(path):
            path.write_bytes(content)
    else:
        put_atomically(path, content, durable=durable)


def put_atomically(path: Path, content: bytes, *, durable: bool = False) -> None:
    """As write_atomically, in a folder of ours: what stands in the place of the file gives way, were it a pipe."""
    with _named(path):
        _replace(path, content, durable)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """What fails in the block names `path`: a full disk names no file."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _replace(path: Path, content: bytes, durable: bool) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):  # it has been moved, and only then was there a signal
            os.unlink(name)
        raise
