"""Makes multiprocessing's own clockwork quiet, so that 'everything is blocked for good' can be seen from outside.

A manager's server waits for its end once a second, for ever. Here it waits without a time limit: the event that it
waits for is set all the same. The zygote calls this once; forked servers inherit it.
"""

from __future__ import annotations

import threading
from types import ModuleType
from typing import Any


class _Event(threading.Event):
    def wait(self, timeout: float | None = None) -> bool:
        return super().wait()


class _Threading:
    """`threading` with that event, for the one module that it is given to."""

    def __getattr__(self, name: str) -> Any:
        return _Event if name == "Event" else getattr(threading, name)


def down(managers: ModuleType) -> None:
    """Gives `multiprocessing.managers` the event without a time limit."""
    managers.threading = _Threading()  # type: ignore[attr-defined]
