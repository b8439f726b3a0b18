"""A try_get that stands in for the student's own, where that is at fault and drain is judged."""

from __future__ import annotations

from queue import Empty
from typing import Any


def _try_get(queue: Any, default: Any = None, *more: Any) -> Any:
    try:
        return queue.get_nowait()
    except Empty:
        return default


GIVEN: dict[str, Any] = {"a_try_get": lambda: _try_get}
