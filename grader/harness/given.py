"""What a check asks for inside, because it cannot cross: here are the things that are always there.

The stage makes them by name for `inside.NAME(...)`; they are plain Python that a student's function meets. A
submission can import all of it: so only what solves no exercise is here. The rest, queues and iterables and stand-ins
for functions of the student's, comes when a check asks for it (sent.py).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import multiprocessing.process
import os
import threading
from typing import Any

from .queues import Telling, nothing
from .traced import Becoming, Delaying, Sized, Traced


def _process(target: Any, name: str | None = None, method: str | None = None) -> Any:
    method = "spawn" if method == "fork" and not hasattr(os, "fork") else method  # there, that is as near as can be
    context: Any = multiprocessing.get_context(method)
    kind = context.Process if method else multiprocessing.Process  # what an isinstance in a student's code knows
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


def _kind(thing: Any) -> str:
    """The class of `thing` as the standard library calls it: "multiprocessing.Queue", "queue.Queue", "list"."""
    for base in type(thing).__mro__:
        package = base.__module__.partition(".")[0]
        if package in ("multiprocessing", "queue"):
            return f"{package}.{base.__name__}"
    return type(thing).__name__


class Stays:
    """A value that stays inside: whoever is given this is given the value itself, the same one each time."""

    def __init__(self, value: Any) -> None:
        self.value = value


GIVEN: dict[str, Any] = {
    "process": _process,
    "ended": _ended,
    "note_joins": _note_joins,
    "note_all_joins": _note_all_joins,
    "joins": _joins,
    "rename": _rename,
    "children": lambda: [child.pid for child in multiprocessing.active_children()],
    "stays": Stays,
    "type_name": lambda value: type(value).__name__,
    "kind": _kind,
    "same": lambda one, other: one is other,
    "iter": iter,
    "next": next,
    "list": list,
    "tuple": tuple,
    "telling": Telling,
    "nothing": lambda: nothing,
    "traced": Traced,
    "sized": Sized,
    "becoming": Becoming,
    "delaying": Delaying,
}
