"""Takes a submission in: a bounded copy of its regular files, so that nothing of the student's own is ever mounted.

Who uses it: the sandbox, outside, before any code of the student's runs. A link, a device or a pipe in a submission
is left behind (a link could point at anything, and a mount below a link makes folders on the host); so is whatever is
not a student's file: caches of compiled code, version control, virtual environments.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

FILES = 2_000
FOLDERS = 2_000
BYTES = 64 << 20
PATH_BYTES = 1_000  # of a path within the submission: the same path must be possible wherever it is copied to
LEFT_OUT = {"__pycache__", ".git", ".hg", ".svn", ".venv", "venv", "node_modules", ".tox", ".mypy_cache"}
NOT_REGULAR = "a link or no regular file, left out"
OURS = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}  # no fault of what was to be opened


def take_in(source: Path, target: Path, left: Callable[[str], object] = str) -> int:
    """Copies the regular files below `source` into the empty folder `target`, nearest first; how many there were.

    It stops at FILES files or FOLDERS folders; a file that would make it more than BYTES bytes is left out. Everyone
    may read what is copied, whatever our umask. `left` is told what stays behind, beside what is not a student's file.
    Raises OSError where `source` cannot be read or `target` not written.
    """
    count = room = 0
    with contextlib.closing(_opened(source, left)) as files:
        for name, file in files:
            size = os.fstat(file).st_size
            if count >= FILES:
                left(f"more than {FILES} files: the others were left out")
                break
            if room + size <= BYTES:
                copy = target / name
                _make_folder(copy.parent, target)
                _copy(file, copy, BYTES - room)
                count, room = count + 1, room + size
            else:
                left(f"{name}: it would be more than {BYTES >> 20} MiB, left out")
    return count


def read_text(path: Path, most: int = 1 << 20) -> str:
    """The text of a regular file, at most `most` bytes of it; nothing where it is none, or cannot be read."""
    try:
        source = open_file(path)
    except OSError:
        return ""
    try:
        return os.read(source, most).decode("utf-8", "replace") if stat.S_ISREG(os.fstat(source).st_mode) else ""
    finally:
        os.close(source)


def barred(path: Path) -> str | None:
    """Why what lies at `path` stays behind: "link", "folder", "special", "closed"; None where nothing does."""
    if not os.path.lexists(path):
        return None
    kind = path.lstat().st_mode
    if not stat.S_ISREG(kind):
        return "link" if stat.S_ISLNK(kind) else "folder" if stat.S_ISDIR(kind) else "special"
    try:
        os.close(open_file(path))
    except PermissionError:
        return "closed"
    return None


def open_file(path: Path) -> int:
    """A descriptor of the file at `path`: never through a link, and without waiting for a pipe's other end."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.open(path, flags)


def _opened(source: Path, left: Callable[[str], object]) -> Generator[tuple[Path, int], None, None]:
    """The regular files below `source`: the path there, and a descriptor until the next one is asked for."""
    for path in _regular_files(source, left):
        name = path.relative_to(source)
        try:
            file = open_file(path)
        except OSError as error:
            _leave(name, error, left)
            continue
        try:
            if stat.S_ISREG(os.fstat(file).st_mode):
                yield name, file
            else:
                left(f"{name}: {NOT_REGULAR}")
        finally:
            os.close(file)


def _regular_files(source: Path, left: Callable[[str], object]) -> Iterator[Path]:
    todo, folders = [source], 1
    longest = len(os.fsencode(source)) + PATH_BYTES
    while todo:
        folder = todo.pop(0)
        for entry in _entries(folder, source, left):
            if len(os.fsencode(entry.path)) > longest:
                continue
            if entry.is_file(follow_symlinks=False) and not entry.name.endswith((".pyc", ".pyo")):
                yield Path(entry.path)
            elif entry.is_dir(follow_symlinks=False) and _is_the_students(entry) and folders < FOLDERS:
                todo.append(Path(entry.path))
                folders += 1
            elif not entry.is_dir(follow_symlinks=False) and not entry.is_file(follow_symlinks=False):
                left(f"{Path(entry.path).relative_to(source)}: {NOT_REGULAR}")


def _entries(folder: Path, source: Path, left: Callable[[str], object]) -> list[os.DirEntry[str]]:
    """What is in `folder`, sorted; nothing where that is one below `source` which cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        if folder == source:
            raise
        _leave(folder.relative_to(source), error, left)
        return []


def _leave(name: Path, error: OSError, left: Callable[[str], object]) -> None:
    """What has gone meanwhile, as an editor's own files come and go, or is closed to us, stays behind."""
    if error.errno in OURS:
        raise error
    left(f"{name}: {error.strerror}, left out")


def _make_folder(folder: Path, top: Path) -> None:
    if folder != top and not folder.is_dir():
        _make_folder(folder.parent, top)
        folder.mkdir()
        folder.chmod(0o755)


def _is_the_students(entry: os.DirEntry[str]) -> bool:
    return entry.name not in LEFT_OUT and not os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))


def _copy(file: int, copy: Path, most: int) -> None:
    with open(copy, "wb") as target:
        while most > 0 and (block := os.read(file, min(1 << 20, most))):
            most -= target.write(block)
    os.chmod(copy, 0o644)
