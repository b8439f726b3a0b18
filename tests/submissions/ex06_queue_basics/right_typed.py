from __future__ import annotations

import multiprocessing
from contextlib import suppress
from multiprocessing.queues import Queue
from queue import Empty, Full
from typing import Any, TypedDict


class Status(TypedDict):
    full: bool
    empty: bool
    size: int


def make_queue(size: int) -> Queue[Any]:
    return multiprocessing.Queue(maxsize=size)


def try_put(queue: Queue[Any], value: object) -> bool:
    with suppress(Full):
        queue.put_nowait(value)
        return True
    return False


def try_get(queue: Queue[Any], default: Any = None) -> Any:
    with suppress(Empty):
        return queue.get_nowait()
    return default


def queue_status(queue: Queue[Any]) -> Status:
    return Status(full=queue.full(), empty=queue.empty(), size=queue.qsize())


def drain(queue: Queue[Any]) -> list[Any]:
    values: list[Any] = []
    with suppress(Empty):
        while True:
            values.append(queue.get_nowait())
    return values
