"""One process, held for good: whether it has ended, whoever gets its number afterwards.

Who uses it: stage and probes. On Linux it is held by a pidfd (pidfd_open(2)), which the loop can wait for; elsewhere by
its PID and its birth, and the loop looks again and again.
"""

from __future__ import annotations

import os
import select

from grader import systems
from grader.kernel import processes
from grader.kernel.loop import Handler, Loop


class Life:
    """The life of process `pid`; raises ProcessLookupError where it has gone already."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._pidfd = os.pidfd_open(pid) if systems.KERNEL_TELLS else None
        self._born = None if self._pidfd is not None else processes.stat(pid).born

    @property
    def has_ended(self) -> bool:
        """Whether it has: a zombie, or gone."""
        if self._pidfd is not None:
            return bool(select.select([self._pidfd], [], [], 0)[0])
        try:
            seen = processes.stat(self.pid)
        except processes.GONE:
            return True
        return seen.born != self._born or seen.state in "ZX"

    def watch(self, loop: Loop, handler: Handler) -> None:
        """Has `loop` call `handler` at its end, where an event tells of it."""
        if self._pidfd is not None:
            loop.watch(self._pidfd, handler)

    def forget(self, loop: Loop) -> None:
        """No longer."""
        if self._pidfd is not None:
            loop.forget(self._pidfd)

    def close(self) -> None:
        """Lets go of it."""
        if self._pidfd is not None:
            os.close(self._pidfd)
