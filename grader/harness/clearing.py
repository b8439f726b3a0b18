"""Clearing up after a check: what it takes to leave nothing of it, neither process nor file nor mark.

Who uses it: the zygote, after each check and at its own end.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
from collections.abc import Iterator
from typing import Any


def kill(pids: list[int]) -> None:
    """Sends SIGKILL to several: a submission can import all that is here, and to end one process is an exercise."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass


def descendants(root: int) -> list[int]:
    """The PIDs of all processes below `root`, as /proc has them (proc(5))."""
    found: list[int] = []
    todo = [root]
    while todo:
        below = _children(todo.pop())
        found += below
        todo += below
    return found


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as file:
                found += map(int, file.read().split())
    except (FileNotFoundError, ProcessLookupError):
        pass  # it ended meanwhile
    return found


def sweep(folder: str, owner: int | None = None) -> bool:
    """Empties `folder` with little effort; false where something is left (a deep or a locked folder, a crowd).

    With `owner`, only what is that user's counts: outside a namespace, others have files in the same folder.
    """
    import itertools
    import shutil

    def entries() -> Iterator[os.DirEntry[str]]:
        with os.scandir(folder) as found:
            yield from (each for each in found if owner is None or _is_of(each, owner))

    try:
        with os.scandir(folder) as found:
            if next(found, None) is None:
                return True
        for entry in list(itertools.islice(entries(), 200)):
            shutil.rmtree(entry) if entry.is_dir(follow_symlinks=False) else os.unlink(entry)
        return not any(entries())
    except (OSError, RecursionError):
        return not os.path.isdir(folder)


def name_semaphores(scratch: str) -> str:
    """Has multiprocessing give all semaphores names of this sandbox's own; how their files begin (sem_overview(7)).

    Where nobody is left to remove them (the resource tracker is ended with the rest), whoever clears up knows them.
    """
    import multiprocessing
    import zlib

    prefix = f"/mp-{zlib.crc32(scratch.encode()):08x}"
    process: Any = multiprocessing.current_process()
    process._config["semprefix"] = prefix  # what starts from here, by whichever method, has it from us
    return f"sem.{prefix[1:]}-"


def remove_semaphores(begin: str) -> None:
    """Removes those whose files begin so."""
    try:
        with os.scandir("/dev/shm") as found:
            for entry in found:
                if entry.name.startswith(begin):
                    os.unlink(entry)
    except OSError:
        pass  # there is no such folder here


def of_ours(*folders: str) -> dict[str, int]:
    """Those of the folders that belong to the user we run as, with their modes."""
    there = ((folder, os.stat(folder)) for folder in folders if os.path.isdir(folder))
    return {folder: stat.S_IMODE(seen.st_mode) for folder, seen in there if seen.st_uid == os.getuid()}


def as_at_first(folder: str, mode: int) -> None:
    """Takes from the folder itself what one check could tell the next one by: attributes, mode and times."""
    for name in _attributes(folder):
        os.removexattr(folder, name)
    os.chmod(folder, mode)
    os.utime(folder, (0, 0))


def _attributes(folder: str) -> list[str]:
    """Those that a submission may have set: a label of SELinux is there by itself, and nobody may take it away."""
    try:
        names = os.listxattr(folder) if hasattr(os, "listxattr") else []
    except OSError as error:
        if error.errno != errno.ENOTSUP:  # as where there are more than can be listed: then another folder is due
            raise
        return []
    return [name for name in names if not name.startswith("security.")]


def _is_of(entry: os.DirEntry[str], owner: int) -> bool:
    try:
        return entry.stat(follow_symlinks=False).st_uid == owner
    except FileNotFoundError:
        return False
