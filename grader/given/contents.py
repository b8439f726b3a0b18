"""What became of a queue: what it holds, and how much room it has.

A check asks for it when the student's function has returned: emptying a queue is what some of them are to do.
"""

from __future__ import annotations

from queue import Empty, Full
from typing import Any


def _contents(queue: Any) -> list[Any]:
    """Takes all that was put into `queue`; what this process itself has put, too, though it is still on its way."""
    return [queue.get() for _ in range(queue.qsize())]


def _room(queue: Any, at_most: int) -> int:
    """How many values fit into `queue`; it is filled for this, with no more than `at_most`."""
    for count in range(at_most):
        try:
            queue.put_nowait(count)
        except Full:
            return count
    return at_most


def _manager_contents(source: Any) -> list[Any]:
    """Takes all that is in a manager's queue, in order."""
    values = []
    while True:
        try:
            values.append(source.get_nowait())
        except Empty:
            return values


GIVEN: dict[str, Any] = {"contents": _contents, "room": _room, "manager_contents": _manager_contents}
