"""Takes a submission in: a bounded copy of its regular files, so that nothing of the student's own is ever mounted.

Who uses it: the sandbox, outside, before any code of the student's runs. A link, a device or a pipe in a submission
is left behind (a link could point at anything, and a mount below a link makes folders on the host); so is whatever is
not a student's file: caches of compiled code, version control, virtual environments.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

FILES = 2_000
FOLDERS = 2_000
BYTES = 64 << 20
PATH_BYTES = 1_000  # of a path within the submission: the same path must be possible wherever it is copied to
LEFT_OUT = {"__pycache__", ".git", ".hg", ".svn", ".venv", "venv", "node_modules", ".tox", ".mypy_cache"}


def take_in(source: Path, target: Path, left: Callable[[str], object] = str) -> int:
    """Copies the regular files below `source` into the empty folder `target`, nearest first; how many there were.

    It stops at FILES files or FOLDERS folders; a file that would make it more than BYTES bytes is left out. Everyone
    may read what is copied, whatever our umask. `left` is told what stays behind, beside what is not a student's file.
    Raises OSError where `source` cannot be read or `target` not written.
    """
    count = room = 0
    for path in _regular_files(source, left):
        if count >= FILES:
            left(f"more than {FILES} files: the others were left out")
            break
        size = path.stat().st_size
        if room + size <= BYTES:
            copy = target / path.relative_to(source)
            _make_folder(copy.parent, target)
            _copy(path, copy, BYTES - room)
            count, room = count + 1, room + size
        else:
            left(f"{path.relative_to(source)}: it would be more than {BYTES >> 20} MiB, left out")
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


def open_file(path: Path) -> int:
    """A descriptor of the file at `path`: never through a link, and without waiting for a pipe's other end."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.open(path, flags)


def _regular_files(source: Path, left: Callable[[str], object]) -> Iterator[Path]:
    todo, folders = [source], 1
    longest = len(os.fsencode(source)) + PATH_BYTES
    while todo:
        folder = todo.pop(0)
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if len(os.fsencode(entry.path)) > longest:
                continue
            if entry.is_file(follow_symlinks=False) and not entry.name.endswith((".pyc", ".pyo")):
                yield Path(entry.path)
            elif entry.is_dir(follow_symlinks=False) and _is_the_students(entry) and folders < FOLDERS:
                todo.append(Path(entry.path))
                folders += 1
            elif not entry.is_dir(follow_symlinks=False) and not entry.is_file(follow_symlinks=False):
                left(f"{Path(entry.path).relative_to(source)}: a link or no regular file, left out")


def _make_folder(folder: Path, top: Path) -> None:
    if folder != top and not folder.is_dir():
        _make_folder(folder.parent, top)
        folder.mkdir()
        folder.chmod(0o755)


def _is_the_students(entry: os.DirEntry[str]) -> bool:
    return entry.name not in LEFT_OUT and not os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))


def _copy(path: Path, copy: Path, most: int) -> None:
    source = open_file(path)
    try:
        if not stat.S_ISREG(os.fstat(source).st_mode):
            return
        with open(copy, "wb") as target:
            while most > 0 and (block := os.read(source, min(1 << 20, most))):
                most -= target.write(block)
    finally:
        os.close(source)
    os.chmod(copy, 0o644)
