"""The judge's one wait: it takes in whatever comes from inside until what the check waits for is there.

Who uses it: the stage outside. Nothing sleeps and nothing is measured by a clock: the loop waits for descriptors, and
where nothing comes it asks the kernel whether anything ever can (standstill.py).
"""

from __future__ import annotations

import selectors
from collections.abc import Callable
from typing import Any

Handler = Callable[[], None]


class Loop:
    """Descriptors, and what to do where one can be read."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()

    def watch(self, what: Any, handler: Handler) -> None:
        """Calls `handler` whenever `what` (a socket or a descriptor) can be read."""
        self._selector.register(what, selectors.EVENT_READ, handler)

    def forget(self, what: Any) -> None:
        """No longer; for what is not watched, nothing happens."""
        try:
            self._selector.unregister(what)
        except (KeyError, ValueError):
            pass

    def pump(self, at_most_s: float) -> int:
        """Handles what can be read now, or comes within `at_most_s`; how much did."""
        ready = self._selector.select(at_most_s)
        for key, _ in ready:
            if self._selector.get_map() and key.fd in self._selector.get_map():
                key.data()
        return len(ready)

    def close(self) -> None:
        """Forgets everything."""
        self._selector.close()
