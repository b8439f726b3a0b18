"""Values with a trace, that a check asks for inside: they tell of their way through the processes of a pool.

given.py puts them among the others, for `inside.NAME(...)`. They are pickled by reference to this module, so they cross
into workers and managers under every start method; so the module stays where each of them finds it.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
from typing import Any

from .probe import Probe, linger


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
