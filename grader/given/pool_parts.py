"""The two tasks of a pool, in place of the student's own, where pool_transfer is judged that has them run.

They can be handed to a worker.
"""

from __future__ import annotations

import queue
from typing import Any


def write_values(target: Any, values: list[Any]) -> None:
    """Puts each of `values` into a queue, in order."""
    for value in values:
        target.put(value)


def read_values(source: Any) -> list[Any]:
    """Takes all that is in a queue, in order."""
    values = []
    while True:
        try:
            values.append(source.get_nowait())
        except queue.Empty:
            return values


GIVEN: dict[str, Any] = {"writer": lambda: write_values, "reader": lambda: read_values}
