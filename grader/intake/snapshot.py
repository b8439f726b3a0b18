"""Takes one submission of a class in: a bounded folder of regular files, with the exercise files where they belong.

Who uses it: batch, just before the submission is graded. What goes in: what a student handed in, as files, folders or
archives. What comes out: the folder to grade, what was left out or chosen, and a digest of it; or Refused with the
reason, for that student alone. A folder of a student's is taken as `grade run` takes it.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.intake import archives, filenames
from grader.intake.archives import Refused, Room
from grader.intake.downloads import HandedIn, Part
from grader.intake.pieces import OnDisk

DEPTH = 3  # of archives in archives
PACKED = "packed"  # beside the submission: the archive that is being unpacked


@dataclass(frozen=True)
class Snapshot:
    """A submission taken in."""

    folder: Path
    notes: list[str]
    digest: str  # of all that lies in the folder: names and contents


def take(handed: HandedIn, work: Path, exercises: Iterable[str]) -> Snapshot:
    """What was handed in, in a new folder below the empty folder `work`.

    Raises Refused, and OSError where a file cannot be read or the disk fails.
    """
    room = Room(notes=list(handed.notes))
    whole = work / "submission"
    whole.mkdir()
    parts = _latest(handed.parts, list(exercises), room)
    if not parts:
        raise Refused("nothing that can be graded was handed in" + "".join(f"; {note}" for note in room.notes[:3]))
    failures = [reason for part in parts if (reason := _take_part(part, whole, work, room, len(parts) == 1))]
    if not _homes(whole, exercises):
        failures += _unpack_within(whole, room)
    folder = _gather(whole, list(exercises), room, any(part.name for part in parts))
    if folder is None:
        failures += itertools.islice(_misnamed(whole, whole, list(exercises)), 3)
        nothing = f"no exercise file is in it, such as {next(iter(exercises))}.py"
        raise Refused("; ".join([*(failures or [nothing]), *room.notes[:3]]))
    for line in _misnamed(whole, folder, list(exercises)):
        room.note(line)
    for reason in failures:
        room.note(f"left out: {reason}")
    if folder != whole:  # by a name of ours: theirs need be no text
        folder = folder.rename(work / "graded")
    return Snapshot(folder, room.notes, digest(folder))


def digest(folder: Path) -> str:
    """A digest of the names and contents below `folder`."""
    found = hashlib.sha256()
    for path in sorted(_files(folder)):
        content = path.read_bytes()
        name = os.fsencode(path.relative_to(folder).as_posix())
        found.update(b"%d %d " % (len(name), len(content)) + name + content)
    return found.hexdigest()


# --- the parts of it


def _latest(parts: list[Part], exercises: list[str], room: Room) -> list[Part]:
    """Of several files that are the same exercise, or bear the same name, the one handed in last."""
    chosen: dict[str, Part] = {}
    for part in sorted(parts, key=lambda part: (part.rank, filenames.number(part.name, exercises))):
        key = filenames.own_name(part.name, exercises) if part.name else part.piece.path
        if key in chosen:
            room.note(f"{chosen[key].name or chosen[key].piece.path}: a later {key} was handed in")
        chosen[key] = Part(part.piece, key if part.name else "", part.rank)
        if key != part.name and part.name:
            room.note(f"{part.name}: taken for {key}")
    return sorted(chosen.values(), key=_gets_a_folder)  # whose names are free is known only once the files are there


def _take_part(part: Part, whole: Path, work: Path, room: Room, alone: bool) -> str | None:
    """Copies a part in, unpacked where it is an archive; why it could not be, where it is the student's failure."""
    try:
        target = _place(part, whole, alone)
    except Refused as error:
        return str(error)
    try:
        if archives.is_archive(part.name):
            _unpack(part, target, work / PACKED, room)
        else:
            part.piece.copy(target, room)
    except Refused as error:
        _remove(target)
        whole.mkdir(exist_ok=True)
        return str(error)
    except (PermissionError, FileNotFoundError) as error:
        if error.filename is None or str(error.filename).startswith(str(work)):
            raise
        return f"{part.piece.path} cannot be read: {error.strerror}"
    return None


def _gets_a_folder(part: Part) -> bool:
    return not part.name or archives.is_archive(part.name)


def _place(part: Part, whole: Path, alone: bool) -> Path:
    """Where a part goes in the submission; raises Refused where its name leaves it, or is that of another part."""
    if _gets_a_folder(part):
        return whole if alone else _folder_of_ours(whole, "archive" if part.name else "folder")
    target = whole.joinpath(*archives.parts_of(part.name))
    if target.exists() or any(path.is_file() for path in target.parents):
        raise Refused(f"{part.name}: another file bears the same name")
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _remove(path: Path) -> None:
    """What was copied before it turned out that it is to be refused."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _folder_of_ours(whole: Path, kind: str) -> Path:
    """A new folder, by a number: archives can be called alike, or so that no name made of theirs is free, or fits."""
    folder = next(path for n in itertools.count(1) if not (path := whole / f"{kind}-{n}").exists())
    folder.mkdir()
    return folder


def _unpack(part: Part, folder: Path, packed: Path, room: Room) -> None:
    """Unpacks a part; what lies in a zip is at `packed` meanwhile."""
    if isinstance(part.piece, OnDisk):
        archives.unpack(part.piece.at, folder, room)
        return
    try:
        part.piece.copy(packed, Room())
        archives.unpack(packed, folder, room, part.name)
    finally:
        packed.unlink(missing_ok=True)


def _unpack_within(whole: Path, room: Room) -> list[str]:
    """Unpacks the archives that lie in it, each into a folder of its own; what was refused of them."""
    failures = []
    for _ in range(DEPTH):
        packed = [path for path in _files(whole) if archives.is_archive(path.name)]
        for path in packed:
            folder, moved = _folder_of_ours(whole, "archive"), path.rename(whole.with_name(PACKED))
            try:
                archives.unpack(moved, folder, room, path.name)
            except Refused as error:
                failures.append(str(error))
                shutil.rmtree(folder)
            moved.unlink()
        if not packed:
            return failures
    if any(archives.is_archive(path.name) for path in _files(whole)):
        failures.append(f"it holds archives in archives, more than {DEPTH} deep")
    return failures


# --- where the exercise files are


def _files(folder: Path) -> list[Path]:
    """The files below it, those nearest first."""
    found, todo = [], [folder]
    while todo:
        entries = list(os.scandir(todo.pop()))
        todo += [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
        found += [Path(entry.path) for entry in entries if entry.is_file(follow_symlinks=False)]
    return sorted(found, key=lambda path: (len(path.parts), str(path)))


def _homes(whole: Path, exercises: Iterable[str]) -> list[Path]:
    """The folders with exercise files, the one that `grade run` would choose first, then those with the most.

    Where there is none: those with files that are called by an exercise's number alone.
    """
    known = list(exercises)
    files = [path for path in _files(whole) if path.suffix.lower() == ".py"]
    named = [path for path in files if filenames.own_name(path.name, known).removesuffix(".py") in known]
    count: dict[Path, int] = {}
    for path in named or [path for path in files if filenames.short_for(path.name, known)]:
        count[path.parent] = count.get(path.parent, 0) + 1
    usual = [whole, whole / "exercises"]
    return sorted(count, key=lambda at: (at not in usual, at != whole, -count[at], len(at.parts), str(at)))


def _gather(whole: Path, exercises: list[str], room: Room, loose: bool) -> Path | None:
    """The folder to grade, with each exercise file under its own name; None where there is none.

    What was handed in as loose files, or lies in folders of its own, is put together; a folder that `grade run` would
    grade is graded as it is.
    """
    homes = _homes(whole, exercises)
    if not homes:
        return None
    base = homes[0]
    for home in homes:
        _rename_copies(home, exercises, room)
    for home in homes[1:]:
        if base in (whole, whole / "exercises") and not loose:
            room.note(f"{home.relative_to(whole)}: exercise files in another folder, left out")
        else:
            _merge(home, base, whole, room)
    _take_short_names(base, exercises, room)
    return base


def _rename_copies(home: Path, exercises: list[str], room: Room) -> None:
    """Of copies without the file itself, the last is taken for it."""
    names = [path.name for path in home.iterdir() if path.is_file()]
    for name in sorted(names, key=lambda name: -filenames.number(name, exercises)):
        wanted = home / filenames.own_name(name, exercises)
        if wanted.name == name:
            continue
        if wanted.exists():
            room.note(f"{name}: left out, {wanted.name} is there")
        else:
            (home / name).rename(wanted)
            room.note(f"{name}: taken for {wanted.name}")


def _take_short_names(base: Path, exercises: list[str], room: Room) -> None:
    """Of an exercise without a file, the only one called by its number is taken for it; it stays, to be imported."""
    called: dict[str | None, list[Path]] = {}
    for path in filter(Path.is_file, base.iterdir()):
        called.setdefault(filenames.short_for(path.name, exercises), []).append(path)
    for exercise in exercises:
        wanted, found = base / f"{exercise}.py", called.get(exercise, [])
        if len(found) == 1 and not wanted.exists():
            room.take_file()
            room.take_bytes(found[0].stat().st_size)
            shutil.copyfile(found[0], wanted)
            room.note(f"{found[0].name}: taken for {wanted.name}")


def _misnamed(whole: Path, folder: Path, exercises: list[str]) -> Iterator[str]:
    """What may be meant by an exercise that has no file in `folder`, wherever it lies."""
    missing = {exercise for exercise in exercises if not (folder / f"{exercise}.py").is_file()}
    for path in sorted(whole.rglob("*")) if missing else ():
        name = path.relative_to(whole).as_posix()
        if not name.startswith(".") and (exercise := filenames.meant(path.name, exercises)) in missing:
            wanted = f"{exercise}.py"
            is_folder = path.name == wanted and path.is_dir()
            has_to_be = "be a file, and this is a folder" if is_folder else f"be called {wanted}"
            yield f"{name}: not taken, the file of an exercise has to {has_to_be}"


def _merge(home: Path, base: Path, whole: Path, room: Room) -> None:
    """Puts the files beside those of `base` that has no file of that name."""
    for path in sorted(home.iterdir()):
        if path.is_file() and path.suffix == ".py":
            if (base / path.name).exists():
                room.note(f"{path.relative_to(whole)}: left out, {path.name} is there already")
            else:
                shutil.copyfile(path, base / path.name)
