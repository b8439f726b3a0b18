"""What a check asks for inside where a manager's queue is used in a pool: queues, the two parts, values with a trace.

The stage makes them by name for `inside.NAME(...)`, as those of given.py. The two parts, `writer` and `reader`, stand
in for the submission's own functions where another function is judged that has them run.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
from typing import Any

from .probe import Probe, linger


def _managed_queue(size: int, values: list[Any]) -> Any:
    """A manager's queue that holds `values`; the manager lives as long as the queue."""
    manager = multiprocessing.Manager()
    made: Any = manager.Queue(size)
    made.kept_by = manager
    write_values(made, values)
    return made


def write_values(target: Any, values: list[Any]) -> None:
    """Puts each of `values` into a queue, in order."""
    for value in values:
        target.put(value)


def read_values(source: Any) -> list[Any]:
    """Takes all that is in a queue, in order."""
    values = []
    while True:
        try:
            values.append(source.get_nowait())
        except queue.Empty:
            return values


class Traced:
    """A value that tells of its way: when it is sent on, it calls a probe, with "worker" or "manager" for who does so.

    The first who sends it on calls `first`, the others `later`. In the process that made it, it calls neither.
    """

    def __init__(self, first: Probe, later: Probe, home: int | None = None, is_under_way: bool = False) -> None:
        self.first = first
        self.later = later
        self.home = home or os.getpid()
        self.is_under_way = is_under_way
        self.has_told = False

    def __reduce__(self) -> tuple[type[Traced], tuple[Probe, Probe, int, bool]]:
        if os.getpid() != self.home and not self.has_told:
            self.has_told = True
            self.tell()
            self.is_under_way = True
        return type(self), (self.first, self.later, self.home, self.is_under_way)

    def tell(self) -> None:
        """Says who sends it on."""
        probe = self.later if self.is_under_way else self.first
        probe("worker" if _server() is None else "manager")


class Sized(Traced):
    """As it leaves a manager, it calls `later` with the sizes of the queues that the manager keeps."""

    def tell(self) -> None:
        """Says the sizes, where there is a manager's server to ask."""
        if not self.is_under_way:
            self.first()
        if (server := _server()) is not None:
            kept = [thing for thing, *_ in server.id_to_obj.values()]
            self.later(*[thing.maxsize for thing in kept if isinstance(thing, queue.Queue)])


class Becoming(Traced):
    """As it leaves a manager, it becomes the word that it was made with: so the one that was read differs from it."""

    def __init__(self, word: str, first: Probe, home: int | None = None, is_under_way: bool = False) -> None:
        super().__init__(first, first, home, is_under_way)
        self.word = word

    def __reduce__(self) -> tuple[Any, ...]:
        if _server() is not None:
            return str, (self.word,)
        super().__reduce__()
        return type(self), (self.word, self.first, self.home, self.is_under_way)

    def tell(self) -> None:
        """Of its way, only the first step is of interest."""
        if not self.is_under_way:
            self.first()


class Delaying(Traced):
    """Every worker that it comes to is held at its end."""

    def __init__(self, first: Probe, later: Probe, home: int | None = None, is_under_way: bool = False) -> None:
        super().__init__(first, later, home, is_under_way)
        if os.getpid() != self.home and _server() is None:
            linger(first.address)

    def tell(self) -> None:
        """Its way is of no interest."""


def _server() -> Any:
    """The server that runs in this process, if it is a manager's."""
    return getattr(multiprocessing.current_process(), "_manager_server", None)


GIVEN: dict[str, Any] = {
    "managed_queue": _managed_queue,
    "writer": lambda: write_values,
    "reader": lambda: read_values,
    "manager_contents": read_values,
    "traced": Traced,
    "sized": Sized,
    "becoming": Becoming,
    "delaying": Delaying,
}
