"""Typed, with a dataclass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass
class MyIterator(Generic[T]):
    items: Sequence[T]
    position: int = 0

    def __iter__(self) -> MyIterator[T]:
        return self

    def __next__(self) -> T:
        if not self.position < len(self.items):
            raise StopIteration
        item: T = self.items[self.position]
        self.position += 1
        return item


def for_each(iterable: Iterable[T], action: Callable[[T], Any]) -> None:
    iterator: Iterator[T] = iter(iterable)
    while True:
        try:
            item: T = next(iterator)
        except StopIteration:
            break
        action(item)


def take(iterator: Iterator[T], count: int) -> list[T]:
    return [item for item, _ in zip(_limited(iterator, count), range(count))]


def _limited(iterator: Iterator[T], count: int) -> Iterator[T]:
    while count:
        count -= 1
        try:
            yield next(iterator)
        except StopIteration:
            return
