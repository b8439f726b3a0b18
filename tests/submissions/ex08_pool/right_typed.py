"""With types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from multiprocessing.pool import AsyncResult, Pool
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def run_one_by_one(target: Callable[[Item], Result], items: Sequence[Item], workers: int) -> list[Result]:
    with Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target: Callable[[Item], Result], items: Sequence[Item], workers: int) -> list[Result]:
    with Pool(workers) as pool:
        tasks: list[AsyncResult[Result]] = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
