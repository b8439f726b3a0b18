"""Typed, with a dataclass and its slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


def is_iterable(obj: object) -> bool:
    return isinstance(obj, Iterable)


@dataclass(frozen=True)
class MyClass(Generic[T]):
    items: Sequence[T]

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)
