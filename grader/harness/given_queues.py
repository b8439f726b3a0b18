"""Queues that a check asks for inside, in the state it needs, and what shows what became of them.

given.py merges them into the things that `inside.NAME(...)` makes. A queue is filled by a child that has ended: what a
process has put into a queue itself is still on its way for a while, and 'empty' would then say little.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.context
import multiprocessing.queues
import os
from collections.abc import Callable
from queue import Empty, Full
from typing import Any

from .probe import Probe


class Queue(multiprocessing.queues.Queue):  # type: ignore[type-arg]
    """A queue of the start method in force that counts in `waits` how often it was asked to wait, and had to."""

    waits = 0

    def put(self, obj: Any, block: bool = True, timeout: float | None = None) -> None:
        """As it is; counts."""
        self.waits += _is_willing(block, timeout) and self.full()
        super().put(obj, block, timeout)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """As it is; counts."""
        self.waits += _is_willing(block, timeout) and self.empty()
        return super().get(block, timeout)


def _is_willing(block: bool, timeout: float | None) -> bool:
    return bool(block) and (timeout is None or timeout > 0)


def _queue(size: int, values: list[Any]) -> Queue:
    """A queue for `size` values, 0 for any number, that holds what an ended process put into it."""
    queue = Queue(size, ctx=multiprocessing.get_context())
    _put_in_a_child(queue, values)
    return queue


def _orphan() -> Any:
    """A manager's queue whose manager has shut down: whatever it is asked for, it raises an OSError."""
    manager = multiprocessing.Manager()
    queue = manager.Queue()
    manager.shutdown()
    return queue


# --- what others do with a queue


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


def _echo(queue: Any, report: Probe, gate: Callable[[], object] = bool) -> None:
    """A child that calls `gate()`, then takes value after value and calls `report(value)` for each, without end."""
    _child(_take, queue, report, gate)


def _take(queue: Any, report: Probe, gate: Callable[[], object]) -> None:
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


# --- what became of a queue


def _contents(queue: Any) -> list[Any]:
    """Takes all that was put into `queue`; what this process itself has put, too, though it is still on its way."""
    return [queue.get() for _ in range(queue.qsize())]


def _room(queue: Any, at_most: int) -> int:
    """How many values fit into `queue`; it is filled for this, with no more than `at_most`."""
    for count in range(at_most):
        try:
            queue.put_nowait(count)
        except Full:
            return count
    return at_most


def _kind(thing: Any) -> str:
    """The class of `thing` as the standard library calls it: "multiprocessing.Queue", "queue.Queue", "list"."""
    for base in type(thing).__mro__:
        package = base.__module__.partition(".")[0]
        if package in ("multiprocessing", "queue"):
            return f"{package}.{base.__name__}"
    return type(thing).__name__


# --- who pickles a value


class Telling(str):
    """A string that tells where it is put into a queue: it is pickled there, and calls `elsewhere`.

    In the process that made it, it calls `here`, and stays what it is: from there it can be on its way to a child, as
    an argument (a start of a process pickles, too, and is not told). Whoever gets it out of a queue gets a plain str.
    """

    def __new__(cls, text: str, elsewhere: Probe, here: Probe | None = None, home: int | None = None) -> Telling:
        """A string like any other."""
        made = super().__new__(cls, text)
        made.elsewhere, made.here, made.home = elsewhere, here, home or os.getpid()
        return made

    elsewhere: Probe
    here: Probe | None
    home: int

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        """Tells, and gives what pickle is to write down."""
        if os.getpid() == self.home:
            if self.here and multiprocessing.context.get_spawning_popen() is None:
                self.here()
            return Telling, (str(self), self.elsewhere, self.here, self.home)
        self.elsewhere()
        return str, (str(self),)


# --- stand-ins for functions of a student's that another function builds on


def _write_queue(queue: Any, values: Any, *more: Any) -> None:
    for value in values:
        queue.put(value)


def _try_get(queue: Any, default: Any = None, *more: Any) -> Any:
    try:
        return queue.get_nowait()
    except Empty:
        return default


def _read_queue(queue: Any, report: Callable[[Any], object], *more: Any) -> None:
    while not queue.empty():
        report(queue.get())
        if hasattr(queue, "task_done"):
            queue.task_done()


def _nothing(*args: Any) -> None:
    """What can be called, and does nothing."""


QUEUES: dict[str, Any] = {
    "queue": _queue,
    "orphan": _orphan,
    "put_in_a_child": _put_in_a_child,
    "echo": _echo,
    "contents": _contents,
    "room": _room,
    "kind": _kind,
    "telling": Telling,
    "a_write_queue": lambda: _write_queue,
    "a_read_queue": lambda: _read_queue,
    "a_try_get": lambda: _try_get,
    "nothing": lambda: _nothing,
}
