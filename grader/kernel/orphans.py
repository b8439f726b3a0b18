"""Who is left of a sandbox without a namespace once its first process was killed from inside: they come to us.

Who uses it: the sandbox, as an ordinary user. The kernel gives an orphan to the nearest process above it that asks for
orphans (PR_SET_CHILD_SUBREAPER, prctl(2)): to the zygote, and after its end to us. They are known by the walls around
them, which nobody takes down: a process of ours has fewer seccomp filters.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator

from grader.kernel import processes

PR_SET_CHILD_SUBREAPER, PR_GET_CHILD_SUBREAPER = 36, 37


@contextlib.contextmanager
def coming_to_us() -> Iterator[None]:
    """In the block we are given the orphans of what we have started."""
    import ctypes

    prctl, before = ctypes.CDLL(None).prctl, ctypes.c_int()
    prctl(PR_GET_CHILD_SUBREAPER, ctypes.byref(before), 0, 0, 0)
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(PR_SET_CHILD_SUBREAPER, before.value, 0, 0, 0)


def end_all() -> None:
    """Ends every orphan that has come to us, and all below it: those become orphans in their turn."""
    ours = _filters(os.getpid())
    for _ in range(processes.PASSES):
        if not (found := _behind_walls(ours)):
            return
        for pid in found:
            for each in (pid, *processes.below(pid)):
                _end(each, ours)
        for pid in found:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _end(pid: int, ours: int) -> None:
    """By a pidfd, and only where it is of one behind walls: a PID that was found can be somebody else's by now."""
    with contextlib.suppress(ProcessLookupError, PermissionError), _held(pid) as pidfd:
        if _filters(pid) > ours:
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)


@contextlib.contextmanager
def _held(pid: int) -> Iterator[int]:
    pidfd = os.pidfd_open(pid)
    try:
        yield pidfd
    finally:
        os.close(pidfd)


def _behind_walls(ours: int) -> list[int]:
    """Our children behind walls that are not around us."""
    return [pid for pid in processes.children(os.getpid()) if _filters(pid) > ours]


def _filters(pid: int) -> int:
    """How many seccomp filters the process is under (proc_pid_status(5)); 0 where it has gone."""
    try:
        return int(processes.said(f"/proc/{pid}/status", b"Seccomp_filters:"))
    except processes.GONE:
        return 0
