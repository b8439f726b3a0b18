"""A Progress that stands in for the student's own, where that is at fault and copy_with_progress is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def _progress(queue: Any, total: int, *more: Any) -> Iterator[tuple[int, int, Any]]:
    for done in range(1, total + 1):
        yield done, total, queue.get()


GIVEN: dict[str, Any] = {"a_progress": lambda: _progress}
