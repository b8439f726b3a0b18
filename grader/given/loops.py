"""What a program asks of an iterable of the student's: loops over it, and whether its class has a method."""

from __future__ import annotations

import itertools
from typing import Any


def _loop(iterable: Any, at_most: int) -> list[Any]:
    """What a real `for` gets of `iterable`, broken off after `at_most` items."""
    items = []
    for item in iterable:
        items.append(item)
        if len(items) == at_most:
            break
    return items


def _pairs(iterable: Any, at_most: int) -> list[Any]:
    """What one real `for` within another over the same `iterable` gets, broken off after `at_most` pairs."""
    return list(itertools.islice(((one, other) for one in iterable for other in iterable), at_most))


def _has(thing: Any, method: str) -> bool:
    """Whether the class of `thing` has the method, where Python itself looks for `__iter__` and the like."""
    return hasattr(type(thing), method)


GIVEN: dict[str, Any] = {"loop": _loop, "pairs": _pairs, "has": _has}
