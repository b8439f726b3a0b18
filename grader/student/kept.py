"""What was found the last time: the last result of each exercise of a folder, kept between two commands.

Who uses it: `grade run`, `grade watch` and the test view keep what they found; `grade list`, `grade hint` and
`grade solution` read it. It lies in the user's own state folder (XDG_STATE_HOME on Linux), one file for each folder
that was graded, so that a submission stays as it is, and a folder that cannot be written can be graded. Keeping is a
comfort: where it is not possible, nothing is kept, and nothing fails. Two that keep at one time: the later one wins.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

import msgspec

from grader.places import as_text
from grader.result import ExerciseResult, Result, State, Verdict, write_atomically
from grader.walls import staging
from grader.words.gist import is_whole

FORM = 1
MOST_FOLDERS = 200  # the oldest are forgotten
MOST_TEXT = 2000  # characters kept of what a check printed


class Exercise(msgspec.Struct, kw_only=True):
    """The last result of one exercise."""

    result: ExerciseResult
    digest: str | None  # of the file, as it was when it was graded; None where there was none
    solved: bool = False  # whether it has ever been complete
    hinted: dict[str, int] = {}  # how many hints were given, by check


class Kept(msgspec.Struct, kw_only=True):
    """What is kept of one folder."""

    form: int = FORM
    folder: str
    exercises: dict[str, Exercise] = {}


def digests(folder: Path, exercises: Iterable[str]) -> dict[str, str | None]:
    """What tells one text of each exercise file in `folder` from another; to be asked for before it is graded."""
    return {exercise: digest(folder / f"{exercise}.py") for exercise in exercises}


def digest(path: Path) -> str | None:
    """What tells one content of the file from another; None where it cannot be read, or would not be taken in."""
    try:
        with open(staging.open_file(path), "rb") as file:
            seen = os.fstat(file.fileno())
            is_taken = stat.S_ISREG(seen.st_mode) and seen.st_size <= staging.BYTES
            return hashlib.sha256(file.read()).hexdigest() if is_taken else None
    except OSError:
        return None


def read(folder: Path) -> Kept:
    """What is kept of `folder`; empty where nothing is, or what there is cannot be read."""
    empty = Kept(folder=as_text(folder.resolve()))
    try:
        found = msgspec.json.decode(place(folder).read_bytes(), type=Kept)
    except (OSError, RuntimeError, msgspec.MsgspecError):
        return empty
    return found if (found.form, found.folder) == (FORM, empty.folder) else empty


def keep(folder: Path, result: Result, known: dict[str, str | None]) -> None:
    """Keeps what `result` says of the exercises that were graded to their end; `known` are their digests.

    Never raises: what cannot be kept is not.
    """
    found = read(folder)
    for exercise in result.exercises:
        if not result.complete and any(check.verdict is Verdict.BROKEN for check in exercise.checks):
            continue  # the judge did not come to its end
        before = found.exercises.get(exercise.id)
        whole = is_whole(exercise)
        found.exercises[exercise.id] = Exercise(
            result=_short(exercise),
            digest=known.get(exercise.id),
            solved=whole or (before is not None and before.solved),
            hinted=before.hinted if before and not whole else {},
        )
    write(folder, found)


def write(folder: Path, kept: Kept) -> bool:
    """Keeps it; whether that was possible."""
    with contextlib.suppress(OSError, RuntimeError):
        path = place(folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, msgspec.json.encode(kept))
        with contextlib.suppress(FileNotFoundError):  # somebody else forgets them just now
            _forget_the_oldest(path.parent)
        return True
    return False


def has_changed(folder: Path, exercise: str, kept: Exercise) -> bool:
    """Whether the file is not what it was when it was graded."""
    return digest(folder / f"{exercise}.py") != kept.digest


def is_up_to_date(folder: Path, exercise: str, kept: Exercise) -> bool:
    """Whether what was found still holds of a file that is there: of that very one alone, that it was not begun."""
    return kept.result.state not in (State.MISSING, State.UNTOUCHED) or not has_changed(folder, exercise, kept)


def begun(path: Path, stub: Path) -> State:
    """What can be said of an exercise file without grading it: missing, untouched, or (perhaps) to be graded."""
    if (now := digest(path)) is None:
        return State.MISSING
    return State.UNTOUCHED if now == digest(stub) else State.GRADED


def place(folder: Path) -> Path:
    """The file in which what is known of `folder` is kept; raises RuntimeError where the user has no home."""
    import platformdirs

    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:24]
    return platformdirs.user_state_path("prograde", appauthor=False) / "last" / f"{name}.json"


def _short(exercise: ExerciseResult) -> ExerciseResult:
    """Without what is long: a result of any size is kept in little."""
    checks = [
        msgspec.structs.replace(check, output=check.output[:MOST_TEXT], timeline=[], waiting=check.waiting[:16])
        for check in exercise.checks
    ]
    return msgspec.structs.replace(exercise, checks=checks)


def _forget_the_oldest(folder: Path) -> None:
    files = [path for path in folder.iterdir() if path.suffix == ".json"]
    if len(files) > MOST_FOLDERS:
        for path in sorted(files, key=lambda path: path.stat().st_mtime)[:-MOST_FOLDERS]:
            path.unlink()
