"""Queues with nothing in them, and somebody who takes out what is put in.

It is asked for where putting is judged: so nothing here puts values into a queue. (filled_queues.py does.)
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from typing import Any

from grader.harness.queues import Queue


def _empty_queue(size: int) -> Queue:
    """A queue for `size` values, 0 for any number."""
    return Queue(size, ctx=multiprocessing.get_context())


def _orphan() -> Any:
    """A manager's queue whose manager has shut down: whatever it is asked for, it raises an OSError."""
    manager = multiprocessing.Manager()
    queue = manager.Queue()
    manager.shutdown()
    return queue


def _echo(queue: Any, report: Callable[[object], object], gate: Callable[[], object] = bool) -> None:
    """A child that calls `gate()`, then takes value after value and calls `report(value)` for each, without end."""
    _child(_take, queue, report, gate)


def _take(queue: Any, report: Callable[[object], object], gate: Callable[[], object]) -> None:
    gate()
    while True:
        report(queue.get())


def _child(target: Callable[..., None], *args: Any) -> Any:
    """A started child; forked where that can be, which suits the queues of any context, and is fast."""
    method = "fork" if hasattr(os, "fork") else None
    context: Any = multiprocessing.get_context(method)
    child = context.Process(target=target, args=args, daemon=True)
    child.start()
    return child


GIVEN: dict[str, Any] = {"empty_queue": _empty_queue, "orphan": _orphan, "echo": _echo}
