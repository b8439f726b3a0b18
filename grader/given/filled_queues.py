"""Queues with values in them, in the state that a check needs.

A queue is filled by a child that has ended: what a process has put into a queue itself is still on its way for a while,
and 'empty' would then say little.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from typing import Any

from grader.harness.queues import Queue


def _queue(size: int, values: list[Any]) -> Queue:
    """A queue for `size` values, 0 for any number, that holds what an ended process put into it."""
    queue = Queue(size, ctx=multiprocessing.get_context())
    _put_in_a_child(queue, values)
    return queue


def _put_in_a_child(queue: Any, values: list[Any]) -> None:
    """Puts `values` in a child; when this returns, it has ended."""
    if values:
        child = _child(_put, queue, values)
        child.join()
        if child.exitcode != 0:
            raise ValueError(f"no other process can put anything into this {type(queue).__name__}")


def _put(queue: Any, values: list[Any]) -> None:
    for value in values:
        queue.put(value)


def _child(target: Callable[..., None], *args: Any) -> Any:
    """A started child; forked where that can be, which suits the queues of any context, and is fast."""
    method = "fork" if hasattr(os, "fork") else None
    context: Any = multiprocessing.get_context(method)
    child = context.Process(target=target, args=args, daemon=True)
    child.start()
    return child


GIVEN: dict[str, Any] = {"queue": _queue, "put_in_a_child": _put_in_a_child}
