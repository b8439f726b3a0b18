"""Objects that a check asks for inside, because they cannot cross: iterables, iterators, processes.

The stage makes them by name for `inside.NAME(...)`; they are plain Python that a student's function meets.
"""

from __future__ import annotations

import builtins
import contextlib
import itertools
import multiprocessing
import multiprocessing.connection
import os
from collections.abc import Iterator
from typing import Any

from . import given_pools


class OnlyNext:
    """An iterator in the letter: `__next__`, and nothing else; a fresh StopIteration each time at the end."""

    def __init__(self, values: list[Any]) -> None:
        self._values = list(values)
        self.taken = 0

    def __next__(self) -> Any:
        if self.taken >= len(self._values):
            raise StopIteration
        self.taken += 1
        return self._values[self.taken - 1]


class Counting(OnlyNext):
    """A whole iterator that counts in `taken` how many values were taken from it."""

    def __iter__(self) -> Counting:
        return self


class Iterable:
    """Has `__iter__` alone; each call gives an iterator of its own, and `asked` counts them."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self.asked = 0

    def __iter__(self) -> Any:
        self.asked += 1
        return OnlyNext(self._values)


class GetItemOnly:
    """The old sequence protocol: `__getitem__` from 0 on until IndexError."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __getitem__(self, index: int) -> Any:
        return self._values[index]


class Plain:
    """An object that is nothing in particular."""


class Failing(OnlyNext):
    """A whole iterator that raises at its end: the builtin exception `kind` with `text`."""

    def __init__(self, values: list[Any], kind: str, text: str) -> None:
        super().__init__(values)
        self._error = getattr(builtins, kind)(text)

    def __iter__(self) -> Failing:
        return self

    def __next__(self) -> Any:
        if self.taken >= len(self._values):
            raise self._error
        return super().__next__()


def _loop(iterable: Any, at_most: int) -> list[Any]:
    """What a real `for` gets of `iterable`, broken off after `at_most` items."""
    items = []
    for item in iterable:
        items.append(item)
        if len(items) == at_most:
            break
    return items


def _process(target: Any, name: str | None = None, method: str | None = None) -> Any:
    context: Any = multiprocessing.get_context(method)
    return context.Process(target=target, name=name)


def _ended(process: Any) -> None:
    """Waits until `process` has ended, without joining it: the sentinel tells, and under fork the zombie is there."""
    multiprocessing.connection.wait([process.sentinel])
    with contextlib.suppress(ChildProcessError):
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)


def _rename(name: str) -> None:
    multiprocessing.current_process().name = name


def _generator(values: list[Any]) -> Iterator[Any]:
    yield from values


GIVEN: dict[str, Any] = {
    "iterable": Iterable,
    "getitem_only": GetItemOnly,
    "counting": Counting,
    "generator": _generator,
    "endless": itertools.count,
    "plain": Plain,
    "process": _process,
    "ended": _ended,
    "rename": _rename,
    "failing": Failing,
    "loop": _loop,
    "same": lambda one, other: one is other,
    "children": lambda: [child.pid for child in multiprocessing.active_children()],
    "iter": iter,
    "next": next,
    "list": list,
    "tuple": tuple,
    "type_name": lambda value: type(value).__name__,
    **given_pools.GIVEN,
}
