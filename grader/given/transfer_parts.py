"""The two ends of a queue between processes, in place of the student's own, where the whole transfer is judged.

They can be handed to a child.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _write_queue(queue: Any, values: Any, *more: Any) -> None:
    for value in values:
        queue.put(value)


def _read_queue(queue: Any, report: Callable[[Any], object], *more: Any) -> None:
    while not queue.empty():
        report(queue.get())
        if hasattr(queue, "task_done"):
            queue.task_done()


GIVEN: dict[str, Any] = {"a_write_queue": lambda: _write_queue, "a_read_queue": lambda: _read_queue}
