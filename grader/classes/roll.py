"""What OUT holds of a class while it is graded: read before, written after each submission, whole at every moment.

Who uses it: batch; classpage and the command export, for a result that has to be the one which is summed up. A result
is written at once and lasts through a power cut; what belongs to it (the page, the exercise files as they were graded)
is there before it. So whatever is missing or stale is known by the result alone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from grader import gradebook
from grader.gradebook import (
    FILES,
    LOCK,
    REPORT,
    RESULT,
    SUBMISSIONS,
    SUMMARY,
    Entry,
    EntryState,
    Gradebook,
    folder_of,
    to_json,
)
from grader.intake.downloads import HandedIn
from grader.misuse import Misuse
from grader.result import Result, Verdict, from_json, put_atomically
from grader.result import to_json as result_to_json

WORK = ".work"
FILE_BYTES = 1 << 20
Page = Callable[[Result], bytes]


class Busy(Misuse):
    """Another run is at work in the same folder: the user's failure."""


@contextlib.contextmanager
def held(out: Path) -> Iterator[Path]:
    """`out` for us alone, and a folder in it for what is under way, empty before and gone afterwards."""
    (out / SUBMISSIONS).mkdir(parents=True, exist_ok=True)
    with open(out / LOCK, "ab", opener=_without_waiting) as lock:
        if not _lock(lock.fileno()):
            raise Busy(f"another grade batch is at work in {out}")
        _clear(out)
        (out / WORK).mkdir()
        try:
            yield out / WORK
        finally:
            _clear(out)


def _without_waiting(path: str, flags: int) -> int:
    """Opens a file; a pipe in its place has nobody who reads from it, and is an error at once."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)


def _lock(descriptor: int) -> bool:
    """Where files can be locked; the lock ends with the process, however that ends."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _clear(out: Path) -> None:
    """Removes what a run that was killed has left: its work, and files that were not yet moved into place."""
    shutil.rmtree(out / WORK, ignore_errors=True)
    for folder in (out, *(out / SUBMISSIONS).iterdir()):
        for name in (RESULT, REPORT, SUMMARY, "index.html", "gradebook.csv"):
            for path in folder.glob(f".{name}.*"):
                path.unlink(missing_ok=True)


def entry_of(handed: HandedIn) -> Entry:
    """What is known of a submission before it is looked at."""
    return Entry(
        id=handed.id,
        name=writable(handed.name),
        email=writable(handed.email),
        student_id=writable(handed.student_id),
        group=writable(handed.group),
        source=writable(handed.source),
        submitted_at=handed.submitted_at,
        late=handed.late,
        on_roster=handed.on_roster,
    )


def writable(text: str) -> str:
    """`text` in which the bytes of a file's name that are no UTF-8 are told as such: JSON has no other way."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def read(out: Path, entry: Entry) -> Result | None:
    """The result that there is of an entry."""
    try:
        return from_json(content(folder_of(out, entry) / RESULT))
    except (OSError, msgspec.MsgspecError):
        return None


def summed(out: Path, entry: Entry) -> Result | None:
    """The result that `entry` sums up, where it has one; raises Misuse where another one lies there, and OSError."""
    if not entry.result:
        return None
    path = out / entry.result
    try:
        result = from_json(content(path))
    except msgspec.MsgspecError as error:
        raise Misuse("use_no_result", path=path, error=error) from None
    sums = (result.key or "", result.score, result.max_score, result.stretch)
    if sums != (entry.key, entry.score, entry.max_score, entry.stretch):
        raise Misuse("use_other_result", path=path, name=entry.id)
    return result


def content(path: Path) -> bytes:
    """What a file in `out` holds; raises OSError, also where it is none: a pipe or a device need not come to an end."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "no regular file", str(path))
    return path.read_bytes()


def known_before(out: Path) -> dict[str, Entry]:
    """What the run before has written of each, by id; nothing where there was none."""
    try:
        return {entry.id: entry for entry in gradebook.from_json(content(out / SUMMARY)).entries}
    except (OSError, msgspec.MsgspecError):
        return {}


def stay(out: Path, entry: Entry, before: Entry | None) -> None:
    """Leaves an entry that is not looked at in this run as it was; its result knows more than what was written last."""
    if before is not None:
        entry.notes = before.notes
    if before is not None and before.result is None and before.state in (EntryState.REFUSED, EntryState.BROKEN):
        entry.state, entry.reason = before.state, before.reason
    elif result := read(out, entry):
        put_down(entry, result)


def put_down(entry: Entry, result: Result) -> None:
    """Fills the entry with the sums of its result."""
    whole = result.complete and Verdict.BROKEN not in result.verdicts()
    entry.state = EntryState.GRADED if whole else EntryState.BROKEN
    entry.reason = "" if whole else _why(result)
    entry.score, entry.max_score, entry.stretch = result.score, result.max_score, result.stretch
    entry.complete = result.complete
    entry.verdicts = dict(sorted(Counter(verdict.value for verdict in result.verdicts()).items()))
    entry.graded_at, entry.key = result.graded_at, result.key or ""
    entry.submitted_at = entry.submitted_at or result.submitted_at
    entry.result = gradebook.result_of(entry)
    if late := sum(check.because == "budget" for exercise in result.exercises for check in exercise.checks):
        told = f"its time was used up before the last {late} of its checks: they were not judged"
        entry.notes = [*(note for note in entry.notes if note != told), told]


def _why(result: Result) -> str:
    checks = (check for exercise in result.exercises for check in exercise.checks if check.verdict is Verdict.BROKEN)
    return next((check.facts.get("error", "") for check in checks), "")[:500]


def keep(out: Path, entry: Entry, result: Result, page: Page, exercises: dict[str, bytes] | None = None) -> None:
    """Writes a result and what belongs to it; `exercises` are the files that were graded, where they are at hand."""
    folder = own(folder_of(out, entry))
    result.submitted_at = entry.submitted_at or result.submitted_at
    if exercises is not None:
        _keep_files(own(folder / FILES), exercises)
    put_atomically(folder / REPORT, page(result))
    put_atomically(folder / RESULT, result_to_json(result), durable=True)
    put_down(entry, result)


def own(folder: Path) -> Path:
    """A folder in `out`, there from now on; raises OSError, also where it is a link, which leads out of it."""
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "a link, behind which nothing is written: remove it", str(folder))
    folder.mkdir(exist_ok=True)
    return folder


def _keep_files(folder: Path, exercises: dict[str, bytes]) -> None:
    for path in folder.iterdir():
        if path.name not in exercises:
            path.unlink()
    for name, text in exercises.items():
        put_atomically(folder / name, text)


def graded_files(folder: Path, exercises: list[str]) -> dict[str, bytes]:
    """The exercise files in a folder that are of a size to be shown."""
    paths = [folder / f"{exercise}.py" for exercise in exercises]
    return {path.name: path.read_bytes() for path in paths if path.is_file() and path.stat().st_size <= FILE_BYTES}


def strangers(out: Path, entries: list[Entry]) -> list[str]:
    """Results in `out` that belong to nobody of this class."""
    known = {entry.id for entry in entries}
    return [
        f"{SUBMISSIONS}/{name}: of an earlier run, nothing of it is in these sources"
        for name in sorted(os.listdir(out / SUBMISSIONS))
        if name not in known
    ]


def write_summary(out: Path, book: Gradebook) -> None:
    """Writes the gradebook."""
    put_atomically(out / SUMMARY, to_json(book), durable=True)
