"""Functions that start a process in place of the student's own, where those are at fault and another is judged."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any


def _start_process(target: Callable[..., Any]) -> Any:
    return _start_with_args(target, ())


def _start_with_args(target: Callable[..., Any], values: Any) -> Any:
    process = multiprocessing.Process(target=target, args=tuple(values))
    process.start()
    return process


GIVEN: dict[str, Any] = {
    "a_start_process": lambda: _start_process,
    "a_start_with_args": lambda: _start_with_args,
}
