"""How much memory there is for a submission, and how many processes: what the machine, or the container that we are in,
leaves of them.

Who uses it: ci, since a container of 768 MB (Gradescope) kills whatever takes more, the grader first of all; judging,
which grades nothing where too few can be started. Read from the control groups of both kinds (cgroups(7)); where there
is no limit, the usual limits stand.
"""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from grader import systems
from grader.kernel import by_psutil
from grader.limits import LEAST_MEMORY_MB, LEAST_SCRATCH_MB, Limits

OURS_MB = 224  # the judge, its fork, the command and the zygote: about 150, as measured, and some room
GROUPS = Path("/sys/fs/cgroup")
OWN = Path("/proc/self/cgroup")


def limits(memory_mb: int | None = None) -> Limits:
    """The limits for a submission: `memory_mb` a process where that is said, else as much as fits, 1024 at most."""
    usual = Limits()
    there = limit_mb()
    room = max(there - OURS_MB, LEAST_MEMORY_MB) if there is not None else usual.total_memory_mb
    each = memory_mb or min(usual.memory_mb, room)
    return replace(
        usual,
        memory_mb=each,
        total_memory_mb=each * 3 // 2 if memory_mb else min(usual.total_memory_mb, room),
        scratch_mb=min(usual.scratch_mb, max(room // 4, LEAST_SCRATCH_MB)),
    )


def limit_mb() -> int | None:
    """The least of the limits on memory that we are under; None where there is none."""
    sizes = filter(None, map(_number, _files("memory", "memory.max", "memory.limit_in_bytes")))
    return min((size >> 20 for size in sizes if size >> 20 < 1 << 30), default=None)  # without a limit about 2^63


def tasks_left() -> float:
    """How many processes and threads more can be started: without an end, where there is no limit."""
    groups = [
        limit - (_number(path.with_name("pids.current")) or 0)
        for path in _files("pids", "pids.max", "pids.max")
        if (limit := _number(path)) is not None
    ]
    most = systems.ceiling("NPROC")
    are_counted = systems.KERNEL_TELLS and os.geteuid() != 0 and most < math.inf
    return min([most - (tasks_of_mine() if are_counted else 0), *groups])


def tasks_of_mine() -> int:
    """How many processes and threads this user has already: they count against the limit (setrlimit(2)), but root's."""
    if not systems.KERNEL_TELLS:
        return by_psutil.tasks_of_mine()
    count = 0
    for pid in filter(str.isdigit, os.listdir("/proc") if os.path.isdir("/proc") else []):
        with contextlib.suppress(OSError):
            if os.stat(f"/proc/{pid}").st_uid == os.getuid():
                count += len(os.listdir(f"/proc/{pid}/task"))
    return count


def _files(controller: str, name: str, former: str) -> Iterator[Path]:
    """Where limits stand: of our group and of each above it, up to the root of what we see; all of them bind us.

    The file of a controller has another name in the `former` kind of groups.
    """
    try:
        lines = OWN.read_text("ascii", "replace").splitlines()
    except OSError:
        lines = []
    groups = {kind: path.strip("/") for _, kind, path in (line.split(":", 2) for line in lines if line.count(":") > 1)}
    for root, kind, file in ((GROUPS, "", name), (GROUPS / controller, controller, former)):
        own = PurePosixPath(groups.get(kind, ""))
        yield from (root / group / file for group in dict.fromkeys((own, *own.parents)))


def _number(path: Path) -> int | None:
    try:
        said = path.read_text("ascii").strip()
    except OSError:
        return None
    return int(said) if said.isdecimal() else None  # without a limit it may be "max"
