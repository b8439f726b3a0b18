"""Lets a pool be terminated while its workers are busy: CPython alone then hangs, once in many times.

`terminate` (and the end of a `with` block) kills the workers. One that is killed while it writes a result keeps the
lock of the results for ever, and the pool's own thread that hands out the tasks may still want that lock, to say that
no more will come; `terminate` waits for this thread. But it has said the same by itself, before it kills anyone. So
here that thread leaves it out, and no verdict depends on the moment at which a worker was killed.
"""

from __future__ import annotations

import threading
from typing import Any


def end_well(pool: Any) -> None:
    """Mends `multiprocessing.pool`, given as a module, in this process and those forked from it."""
    handle_tasks = pool.Pool._handle_tasks

    def _handle_tasks(taskqueue: Any, put: Any, outqueue: Any, workers: Any, cache: Any) -> None:
        handle_tasks(taskqueue, put, _Results(outqueue, pool.TERMINATE), workers, cache)

    pool.Pool._handle_tasks = staticmethod(_handle_tasks)


class _Results:
    """The queue of the results, for that thread."""

    def __init__(self, queue: Any, terminated: Any) -> None:
        self._queue = queue
        self._terminated = terminated

    def put(self, value: Any) -> None:
        """Puts it, unless the pool is being terminated."""
        if getattr(threading.current_thread(), "_state", None) != self._terminated:
            self._queue.put(value)
