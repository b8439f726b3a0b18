"""A manager's queue, with or without values in it.

Made and filled in one piece: what is here cannot fill a queue that somebody else has made, which is a function to be
written.
"""

from __future__ import annotations

import multiprocessing
from typing import Any


def _managed_queue(size: int, values: list[Any]) -> Any:
    """A manager's queue that holds `values`; the manager lives as long as the queue."""
    manager = multiprocessing.Manager()
    made: Any = manager.Queue(size)
    made.kept_by = manager
    for value in values:
        made.put(value)
    return made


GIVEN: dict[str, Any] = {"managed_queue": _managed_queue}
