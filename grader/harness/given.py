"""Objects that a check asks for inside, because they cannot cross: processes here, the rest in given_*.py.

The stage makes them by name for `inside.NAME(...)`; they are plain Python that a student's function meets.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import multiprocessing.process
import os
import threading
from typing import Any

from . import given_pools
from .given_files import FILES
from .given_iterables import ITERABLES
from .given_processes import GIVEN_PROCESSES
from .given_queues import QUEUES


def _process(target: Any, name: str | None = None, method: str | None = None) -> Any:
    method = "spawn" if method == "fork" and not hasattr(os, "fork") else method  # there, that is as near as can be
    kind: Any = multiprocessing.get_context(method).Process if method else multiprocessing.Process
    return kind(target=target, name=name)


def _ended(process: Any) -> None:
    """Waits until `process` has ended, without joining it: the sentinel tells, and under fork the zombie is there."""
    multiprocessing.connection.wait([process.sentinel])
    with contextlib.suppress(ChildProcessError, AttributeError):
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)


def _note_joins(process: Any) -> None:
    """From now on, `process` keeps the time limits of the joins that it is asked for (None: as long as it takes)."""
    process.noted_joins = []
    process.join = lambda timeout=None: process.noted_joins.append(timeout)


def _note_all_joins() -> None:
    """From now on every process does so for the main thread, and joins all the same. (Another thread may well wait.)"""
    joined = multiprocessing.process.BaseProcess.join

    def join(self: Any, timeout: Any = None) -> None:
        if threading.current_thread() is threading.main_thread():
            self.__dict__.setdefault("noted_joins", []).append(timeout)
        joined(self, timeout)

    multiprocessing.process.BaseProcess.join = join  # type: ignore[method-assign]


def _joins(process: Any) -> list[Any]:
    """The time limits that were kept so, but for those of zero, which wait for nothing."""
    noted = getattr(process, "noted_joins", [])
    return [timeout for timeout in noted if timeout is None or timeout > 0]


def _rename(name: str) -> None:
    multiprocessing.current_process().name = name


GIVEN: dict[str, Any] = {
    **FILES,
    **ITERABLES,
    **QUEUES,
    "process": _process,
    "ended": _ended,
    "note_joins": _note_joins,
    "note_all_joins": _note_all_joins,
    "joins": _joins,
    "rename": _rename,
    "children": lambda: [child.pid for child in multiprocessing.active_children()],
    "type_name": lambda value: type(value).__name__,
    **GIVEN_PROCESSES,
    **given_pools.GIVEN,
}
