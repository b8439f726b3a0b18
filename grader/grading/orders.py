"""An order: what is to be graded, and how; and how to call it off.

Who uses it: whoever has something graded makes one; run carries it out.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader import places
from grader.limits import Limits


class Stopped(Exception):
    """An order was called off; the judge that was at it is as good as before."""


class Stop:
    """Calls an order off, from any thread and at any time: whoever has begun is interrupted, and clears up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pids: set[int] = set()  # of who is at it
        self.is_asked = False

    def ask(self) -> None:
        """Calls it off."""
        with self._lock:
            for pid in () if self.is_asked else self._pids:
                self._interrupt(pid)
            self.is_asked = True

    def begun(self, pid: int) -> None:
        """`pid` is at it from now on."""
        with self._lock:
            self._pids.add(pid)
            if self.is_asked:
                self._interrupt(pid)

    def over(self, pid: int) -> None:
        """`pid` is not at it any more, and has ended."""
        with self._lock:
            self._pids.discard(pid)

    def _interrupt(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGINT)


@dataclass
class Order:
    """What is to be graded, and how."""

    folder: Path
    exercises: list[str]
    home: places.Home = places.KIT
    tier: str = "auto"
    start_method: str | None = None
    everywhere: bool = False  # whether it is tried under every other start method, too
    limits: Limits = field(default_factory=Limits)
    name: str = ""
    json: Path | None = None  # where the result is written after each check
    submitted_at: str | None = None
    key: str | None = None  # see Result
    stop: Stop = field(default_factory=Stop)

    def after(self, used_s: float) -> Order:
        """The same order, with what is left of its budget; who calls off the one calls off the other."""
        return replace(self, limits=self.limits.after(used_s))
