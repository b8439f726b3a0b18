"""Timers: what may wake somebody who, for all that his system call says, waits for good.

Who uses it: the sandbox asks once of a submission's text, the watch (standstill.py) before it says "settled". What
`signal.alarm` and `signal.setitimer` have set, and a time limit of a socket (SO_RCVTIMEO, socket(7)), stands in no file
of /proc; but who sets one has to name it. Where one may be pending the patience decides: right code is never blamed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from grader.kernel import processes

NAMES = re.compile(rb"\b(?:alarm|setitimer|timer_create|timer_settime|timerfd_\w+|SO_RCVTIMEO|SO_SNDTIMEO)\b")
MOST_BYTES = 1 << 20


def are_named_in(folder: Path) -> bool:
    """Whether a Python file below `folder` names anything that sets a timer."""
    return any(
        NAMES.search(_start_of(os.path.join(place, name)))
        for place, _, names in os.walk(folder)
        for name in names
        if name.endswith(".py")
    )


def _start_of(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(MOST_BYTES)


def are_pending(pids: Iterable[int]) -> bool:
    """Whether one of the processes has a timer of those that the kernel shows: timerfd_create(2), timer_create(2)."""
    return any(_has_timer(pid) or _has_timer_descriptor(pid) for pid in pids)


def _has_timer(pid: int) -> bool:
    try:
        return bool(processes.read(f"/proc/{pid}/timers"))
    except OSError:
        return False


def _has_timer_descriptor(pid: int) -> bool:
    try:
        with os.scandir(f"/proc/{pid}/fd") as entries:
            return any(os.readlink(entry.path) == "anon_inode:[timerfd]" for entry in entries)
    except OSError:
        return False
