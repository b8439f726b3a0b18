"""What a sandbox of the tier `landlock` may see and write (landlock(7)); the harness puts the wall up from inside.

Who uses it: the sandbox of that tier, where namespaces are missing. What goes in: the folders. What comes out: the part
of the plan that the harness carries out. The kernel can only allow, so a folder that holds something to be hidden
(installed packages, and with them the checks and solutions) is given as the list of what else is in it; then the names
in it can be listed, but what is hidden cannot be read.
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from grader.walls import bubblewrap, users

CREATE_RULESET, VERSION = 444, 1  # linux/landlock.h
DEVICES = ("null", "zero", "full", "urandom", "random")


def why_not() -> str | None:
    """Why this machine cannot have this wall; None where it can."""
    if abi() < 1:
        return "this kernel has no Landlock (5.13 or newer, and switched on)"
    held, unused = users.capabilities(), users.spare()
    if users.is_root() and held and not unused:  # without any capability root is as any other
        reason = f"without {', '.join(lacked)}" if (lacked := users.missing()) else "and may become no other user"
        return f"we are root here {reason}, so that root's power would go in: be an ordinary user"
    if unused and not held >> users.DAC_READ_SEARCH & 1 and not is_open_to_all(bubblewrap.python()):
        return "this Python lies in a folder that root alone can enter: use one that everybody can, as /usr/bin/python3"
    return None


def abi() -> int:
    """The version that the kernel offers (landlock_create_ruleset(2)); 0 or below where there is none."""
    if sys.platform != "linux":
        return 0
    return int(ctypes.CDLL(None).syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION))


def allowed(seen: list[Path], written: list[Path]) -> dict[str, list[str]]:
    """The wall: the system, the interpreter and `seen` can be read, `written` and shared memory be written."""
    system = [Path(path) for path in (*bubblewrap.SYSTEM, sys.base_prefix, sys.base_exec_prefix, "/proc")]
    hidden, listed = bubblewrap.installed(), set[Path]()
    read = [part for path in system if path.exists() for part in _without(path.resolve(), hidden, listed)]
    write = [*written, Path("/dev/shm"), *(Path("/dev") / name for name in DEVICES)]
    return {"list": _texts(listed), "read": _texts([*read, *seen]), "write": _texts(write)}


def _texts(paths: Iterable[Path]) -> list[str]:
    return sorted({str(path) for path in paths})


def _without(path: Path, hidden: list[Path], listed: set[Path]) -> list[Path]:
    """`path`, or what is in it without what is hidden; folders taken apart so are put into `listed`."""
    if path in hidden:
        return []
    if not any(path in other.parents for other in hidden):
        return [path]
    listed.add(path)
    inner = [part for part in sorted(path.iterdir()) if not part.is_symlink()]
    return [kept for part in inner for kept in _without(part, hidden, listed)]


def is_open_to_all(path: str) -> bool:
    """Whether a user without rights can come to `path`: every folder above it lets others pass."""
    folders = [Path(path), *Path(path).parents]
    return all(os.stat(folder).st_mode & stat.S_IXOTH for folder in folders if folder.is_dir())
