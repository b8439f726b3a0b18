"""Queues of file names, and somebody who puts a name in when told to.

The queues are joinable ones, which can do all that any queue of multiprocessing can. They are filled by a process that
has ended: then the names are there, and not on the way.
"""

from __future__ import annotations

import multiprocessing
import os
from typing import Any

# A fork, whatever the start method is: it has the queue already, and starts at once.
_FORK = "fork" if hasattr(os, "fork") else None


def _name_queue(names: list[str]) -> Any:
    """A queue that holds `names`."""
    queue: Any = multiprocessing.JoinableQueue()
    filler = _process(_put_all, queue, names)
    filler.join()
    return queue


def _names_left(queue: Any) -> list[Any]:
    """Takes what is left in such a queue."""
    left = []
    while not queue.empty():
        left.append(queue.get())
    return left


def _name_giver(queue: Any, ask: Any) -> Any:
    """A process that puts into `queue` whatever `ask`, a probe, returns, and ends."""
    return _process(_put_one, queue, ask)


def _put_all(queue: Any, names: list[str]) -> None:
    for name in names:
        queue.put(name)


def _put_one(queue: Any, ask: Any) -> None:
    queue.put(ask())


def _process(target: Any, *args: Any) -> Any:
    context: Any = multiprocessing.get_context(_FORK)
    process = context.Process(target=target, args=args)
    process.start()
    return process


GIVEN: dict[str, Any] = {
    "name_queue": _name_queue,
    "name_giver": _name_giver,
    "names_left": _names_left,
}
