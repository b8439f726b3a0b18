"""Which processes are multiprocessing's own: its resource tracker, its fork server, and who starts them.

Who uses it: whoever counts the student's processes. A helper is no child of a student's making, so it is none that he
has to end.
"""

from __future__ import annotations

from grader.kernel import processes

FORK_SERVER = tuple(f"{begin}from multiprocessing.forkserver import main;" for begin in ("", "import sys; "))
NEWBORN_TICKS = 5  # of CPU time: who has had more of it does not come from a fork just now


def helper(pid: int, nursery: int = 0) -> str | None:
    """Which of multiprocessing's own helpers `pid` is: "resource tracker", "fork server", or none of them.

    Or the "nursery" that starts them, where `nursery` is the PID of that. Any other helper is known by the command line
    that it was started with, `python -c "from multiprocessing.resource_tracker import main;..."` (since gh-144503 the
    server's begins with another import): a process can write over its own, but a copy of the student's, as a pool under
    fork has for workers, is no helper whatever stands there. So are the children of a fork server none.
    """
    if pid == nursery:
        return "nursery"
    role = _role(processes.command(pid))
    if role is None:
        return None
    try:
        seen = processes.stat(pid)
        return None if seen.is_copy and seen.parent != nursery else role
    except processes.GONE:
        return None


def _role(line: list[str]) -> str | None:
    if any(part.startswith("from multiprocessing.resource_tracker import main") for part in line):
        return "resource tracker"
    return "fork server" if any(part.startswith(FORK_SERVER) for part in line) else None


def is_being_born(pid: int) -> bool:
    """Whether `pid` may be about to become another program: it has hardly begun, and bears its parent's name or none.

    multiprocessing's helpers are forked first (its spawnv_passfds), and are known by their command line only then.
    """
    try:
        seen = processes.stat(pid)
        name = processes.command(pid)
        if seen.state not in "RD" or processes.is_in_vfork(pid):
            return False
        return seen.cpu <= NEWBORN_TICKS and (not name or name == processes.command(seen.parent))
    except processes.GONE:
        return False
