"""Makes multiprocessing's own clockwork quiet, so that 'everything is blocked for good' can be seen from outside.

A manager's server waits for its end once a second, for ever. Here it waits without a time limit: the event that it
waits for is set all the same. The zygote calls `down` once, and forked servers inherit it; a server that starts afresh
(spawn, forkserver) is told on its way, by an initializer in front of the student's own. A server that is started by
such a process in turn is not reached; the judge then knows it by its stack.
"""

from __future__ import annotations

import importlib
import threading
from typing import Any


class _Event(threading.Event):
    def wait(self, timeout: float | None = None) -> bool:
        return super().wait()


class _Threading:
    """`threading` with that event, for the one module that it is given to."""

    def __getattr__(self, name: str) -> Any:
        return _Event if name == "Event" else getattr(threading, name)


def down(managers: Any) -> None:
    """Gives `multiprocessing.managers` the event without a time limit, here and in the servers started from here."""
    managers.threading = _Threading()
    start = managers.BaseManager.start

    def start_quietly(self: Any, initializer: Any = None, initargs: Any = ()) -> Any:
        if initializer is not None and not callable(initializer):
            return start(self, initializer, initargs)
        return start(self, begin, (initializer, *initargs))

    managers.BaseManager.start = start_quietly


def begin(initializer: Any, *initargs: Any) -> None:
    """What a server does first."""
    managers: Any = importlib.import_module("multiprocessing.managers")
    managers.threading = _Threading()
    if initializer is not None:
        initializer(*initargs)
