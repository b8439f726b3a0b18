"""What a check of the copiers asks for inside: queues of file names, somebody who puts a name in when told to, and
stand-ins for what a student's function builds on.

given.py puts them among the others, for `inside.NAME(...)`. The queues are joinable ones, which can do all that any
queue of multiprocessing can. They are filled by a process that has ended: then the names are there, and not on the way.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterator
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


def copy_work(source_dir: str, dest_dir: str, file_name: str, *more: Any) -> int:
    """As the contract has it; it can be handed to a child."""
    shutil.copyfile(os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name))
    return 1


def _progress(queue: Any, total: int, *more: Any) -> Iterator[tuple[int, int, Any]]:
    for done in range(1, total + 1):
        yield done, total, queue.get()


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


FILES: dict[str, Any] = {
    "name_queue": _name_queue,
    "name_giver": _name_giver,
    "names_left": _names_left,
    "a_copy_work": lambda: copy_work,
    "a_progress": lambda: _progress,
}
