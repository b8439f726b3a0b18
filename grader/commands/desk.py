"""What is written while a submission is graded: every file whole after each check, moved into place at once.

The page alone may be some checks behind while others follow fast; where the job is called off, it is made once more.

Who uses it: ci. Before the first check each file says that nothing was graded yet, so that a file of that name which
the repository brought along is never taken for ours; a job that is killed leaves what was graded so far, and that it is
not complete. Files that others add to (the step summary, the step's outputs) keep what was in them before.

A repository that was checked out in CI is a student's: a link, a pipe or a folder of it that stands where a file of
ours is to be would send that elsewhere, or keep it from being written. It is moved out of the way. Where no CI is
known, so is what has one of our own names; a name that the user thought of is theirs to know.
"""

from __future__ import annotations

import base64
import itertools
import os
import stat
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.formats import classroom, classroom50
from grader.formats.edition import Edition
from grader.formats.names import FILES, Format, maker
from grader.formats.summary import summary
from grader.formats.venue import Place, Venue
from grader.options import WrongUse
from grader.result import write_atomically

MOST_OUTPUT = 900 << 10  # bytes of one output of a step: GitHub takes 1 MB
PART = 5  # of the time, one part goes into the page: that of a whole course takes longer to make than a check
RELEASE_BODY = "release-body.md"


@dataclass(frozen=True)
class Sheet:
    """One file that is kept up to date."""

    path: Path
    make: Callable[[Edition], bytes]
    before: bytes = b""  # what was in it
    may_wait: bool = False  # whether it need not be made anew after every single check


class Desk:
    """All sheets of one run."""

    def __init__(self, venue: Venue, formats: Iterable[tuple[Format, Path | None]]) -> None:
        self.venue = venue
        asked = list(formats)
        self.logged = [maker(form) for form, path in asked if path is None]
        self.sheets = [
            Sheet(path, maker(form), may_wait=form is Format.HTML) for form, path in asked if path is not None
        ]
        self._due: dict[Path, float] = {}
        if venue.place is Place.CLASSROOM50:
            self.sheets.append(Sheet(venue.folder / RELEASE_BODY, classroom50.release_body))
        if venue.summary:
            self.sheets.append(Sheet(venue.summary, summary, _read(venue.summary)))
        if venue.output:
            make = _classroom50_outputs if venue.place is Place.CLASSROOM50 else _outputs
            self.sheets.append(Sheet(venue.output, make, _read(venue.output)))

    def check(self) -> None:
        """Makes way for them; raises WrongUse where one of them cannot be written."""
        places = [os.path.abspath(sheet.path) for sheet in self.sheets]
        for sheet in self.sheets:
            if places.count(os.path.abspath(sheet.path)) > 1:
                raise WrongUse("use_same_file", path=sheet.path)
            is_theirs = self.venue.place is not Place.ELSEWHERE or sheet.path.name in FILES.values()
            if is_theirs and _lies_in(sheet.path, self.venue.root):
                _make_way(sheet.path)
            if sheet.path.is_dir() and not sheet.path.is_symlink():
                raise WrongUse("use_folder", path=sheet.path)
            if not sheet.path.absolute().parent.is_dir():
                raise WrongUse("use_no_folder", folder=sheet.path.absolute().parent)

    def write(self, of: Edition, *, all_of_them: bool = True) -> None:
        """All of them, as things are; without `all_of_them` not those that may wait and were made just now."""
        for sheet in self.sheets:
            if all_of_them or not sheet.may_wait or time.monotonic() >= self._due.get(sheet.path, 0.0):
                begun = time.monotonic()
                write_atomically(sheet.path, sheet.before + sheet.make(of))
                self._due[sheet.path] = begun + PART * (time.monotonic() - begun)

    def log(self, of: Edition) -> str:
        """What belongs into the job's log, once all is over."""
        return b"".join(make(of) for make in self.logged).decode("utf-8")


def _lies_in(path: Path, folder: Path) -> bool:
    return Path(os.path.abspath(path)).is_relative_to(os.path.abspath(folder))


def _make_way(path: Path) -> None:
    """What stands at `path` and is no ordinary file gets another name."""
    if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
        names = (path.with_name(f"{path.name}.theirs{number or ''}") for number in itertools.count())
        path.rename(next(name for name in names if not os.path.lexists(name)))


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _outputs(of: Edition) -> bytes:
    """Outputs of a step, one a line: numbers and words of ours alone, and nothing that a submission could write."""
    result = of.result
    told = {
        "score": result.score,
        "max-score": result.max_score,
        "bonus": result.stretch,
        "complete": str(of.complete).lower(),
        "status": classroom50.state(of),
        "sandbox": result.sandbox,
    }
    encoded = base64.b64encode(classroom.classroom(of)).decode("ascii")
    if len(encoded) <= MOST_OUTPUT:
        told["result"] = encoded
    return "".join(f"{name}={value}\n" for name, value in told.items()).encode("ascii")


def _classroom50_outputs(of: Edition) -> bytes:
    broken = "" if of.complete else " (not complete)"
    told = f"{of.result.score}/{of.result.max_score}{broken}"
    return f"status={classroom50.state(of)}\nsummary={told}\n".encode("ascii")
