"""A queue that counts, and a value that tells: what of a check's own things around queues crosses into children.

Both are pickled by reference to this module, under every start method. given.py lends the value; the queue is made,
and filled, by modules that are sent when a check asks for them (grader/given).
"""

from __future__ import annotations

import multiprocessing.context
import multiprocessing.queues
import os
from typing import Any

from .probe import Probe


class Queue(multiprocessing.queues.Queue):  # type: ignore[type-arg]
    """A queue of the start method in force that counts in `waits` how often it was asked to wait, and had to."""

    waits = 0

    def put(self, obj: Any, block: bool = True, timeout: float | None = None) -> None:
        """As it is; counts."""
        self.waits += _is_willing(block, timeout) and self.full()
        super().put(obj, block, timeout)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """As it is; counts."""
        self.waits += _is_willing(block, timeout) and self.empty()
        return super().get(block, timeout)


def _is_willing(block: bool, timeout: float | None) -> bool:
    return bool(block) and (timeout is None or timeout > 0)


class Telling(str):
    """A string that tells where it is put into a queue: it is pickled there, and calls `elsewhere`, once in a process.

    In the process that made it, it calls `here`, and stays what it is: from there it can be on its way to a child, as
    an argument (a start of a process pickles, too, and is not told). Whoever gets it out of a queue gets a plain str.
    """

    def __new__(cls, text: str, elsewhere: Probe, here: Probe | None = None, home: int | None = None) -> Telling:
        """A string like any other."""
        made = super().__new__(cls, text)
        made.elsewhere, made.here, made.home = elsewhere, here, home or os.getpid()
        return made

    elsewhere: Probe
    here: Probe | None
    home: int
    has_told = False

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        """Tells, and gives what pickle is to write down."""
        if os.getpid() == self.home:
            if self.here and multiprocessing.context.get_spawning_popen() is None:
                self.here()
            return Telling, (str(self), self.elsewhere, self.here, self.home)
        if not self.has_told:
            self.has_told = True  # who measures it first, or tries to put it again, sends one value all the same
            self.elsewhere()
        return str, (str(self),)


def nothing(*args: Any) -> None:
    """What can be called, and does nothing."""
