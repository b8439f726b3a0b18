"""Iterables and iterators of every kind that a check asks for inside.

Each class shows one thing alone and counts what is asked of it, so that a check can tell what a student's function
needed.
"""

from __future__ import annotations

import builtins
import tempfile
from collections.abc import Iterator
from typing import Any

ENDLESS = 10_000


class OnlyNext:
    """An iterator in the letter: `__next__`, and nothing else; a fresh StopIteration each time at the end.

    It counts in `ended` how often it has said that it ends.
    """

    def __init__(self, values: list[Any]) -> None:
        self._values = list(values)
        self.taken = 0
        self.ended = 0

    def __next__(self) -> Any:
        if self.taken >= len(self._values):
            self.ended += 1
            raise StopIteration
        self.taken += 1
        return self._values[self.taken - 1]


class Counting(OnlyNext):
    """A whole iterator that counts in `taken` how many values were taken from it."""

    def __iter__(self) -> Counting:
        return self


class Iterable:
    """Has `__iter__` alone; each call gives an iterator of its own, and `asked` counts them.

    `ended` counts how often the last one has said that it ends.
    """

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._last = OnlyNext([])
        self.asked = 0

    def __iter__(self) -> Any:
        self.asked += 1
        self._last = OnlyNext(self._values)
        return self._last

    @property
    def ended(self) -> int:
        """How often the end was said."""
        return self._last.ended


class Shelf:
    """An object of an ordinary class with `__iter__`, as somebody would write it."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)


class Bookcase(Shelf):
    """An object of a class that has its `__iter__` from another one."""


class GetItemOnly:
    """The old sequence protocol: `__getitem__` from 0 on until IndexError."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __getitem__(self, index: int) -> Any:
        return self._values[index]


class Plain:
    """An object that is nothing in particular."""


class WithLength:
    """Knows how many values it has, and whether one is among them, but cannot be gone through."""

    def __len__(self) -> int:
        return 2

    def __contains__(self, value: object) -> bool:
        return True


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


def _generator(values: list[Any]) -> Iterator[Any]:
    yield from values


def _endless(start: int) -> Iterator[int]:
    """Counts up from `start`; whoever wants to see the end is told that there is none, before the memory is full."""
    yield from range(start, start + ENDLESS)
    raise RuntimeError("this iterator has no end: its values cannot all be collected first")


def _file(lines: list[str]) -> Any:
    """A file open for reading that holds `lines`."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8")  # wherever the submission has gone to
    file.writelines(f"{line}\n" for line in lines)
    file.seek(0)
    return file


GIVEN: dict[str, Any] = {
    "iterable": Iterable,
    "shelf": Shelf,
    "bookcase": Bookcase,
    "getitem_only": GetItemOnly,
    "only_next": OnlyNext,
    "counting": Counting,
    "generator": _generator,
    "file": _file,
    "endless": _endless,
    "plain": Plain,
    "with_length": WithLength,
    "failing": Failing,
}
