"""How much memory there is for a submission: what the machine, or the container that we are in, leaves of it.

Who uses it: ci, since a container of 768 MB (Gradescope) kills whatever takes more, the grader first of all. Read from
the control groups of both kinds (cgroups(7)); where there is no limit, the usual limits stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

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
    found = [limit for path in _files() if (limit := _number(path)) is not None]
    return min(found, default=None)


def _files() -> Iterator[Path]:
    """Where limits stand: of our group and of each above it, up to the root of what we see; all of them bind us."""
    try:
        lines = OWN.read_text("ascii", "replace").splitlines()
    except OSError:
        lines = []
    groups = {name: path.strip("/") for _, name, path in (line.split(":", 2) for line in lines if line.count(":") > 1)}
    for root, kind, name in ((GROUPS, "", "memory.max"), (GROUPS / "memory", "memory", "memory.limit_in_bytes")):
        own = PurePosixPath(groups.get(kind, ""))
        yield from (root / group / name for group in dict.fromkeys((own, *own.parents)))


def _number(path: Path) -> int | None:
    try:
        said = path.read_text("ascii").strip()
    except OSError:
        return None
    limit_mb = int(said) >> 20 if said.isdecimal() else 1 << 40
    return limit_mb if limit_mb < 1 << 30 else None  # without a limit it is "max", or about 2^63
