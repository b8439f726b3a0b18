"""With types."""

from __future__ import annotations

import queue as queues
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import Manager
from multiprocessing.pool import Pool
from typing import Any


def write_queue(queue: queues.Queue[Any], values: Iterable[Any]) -> None:
    for value in values:
        queue.put(value)


def read_queue(queue: queues.Queue[Any]) -> list[Any]:
    return list(_rest(queue))


def _rest(queue: queues.Queue[Any]) -> Iterator[Any]:
    try:
        while True:
            yield queue.get_nowait()
    except queues.Empty:
        return


@contextmanager
def shared_queue(size: int) -> Iterator[queues.Queue[Any]]:
    with Manager() as manager:
        yield manager.Queue(size)


def pool_transfer(values: list[Any]) -> list[Any]:
    with shared_queue(5) as queue, Pool(2) as pool:
        pool.apply(write_queue, (queue, values))
        return pool.apply(read_queue, (queue,))
