from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.queues import Queue
from queue import Empty
from typing import Any


def taken(queue: Queue[Any]) -> Iterator[Any]:
    try:
        while True:
            yield queue.get_nowait()
    except Empty:
        return


def write_queue(queue: Queue[Any], values: Iterable[Any]) -> None:
    any(map(queue.put, values))


def read_queue(queue: Queue[Any], report: Callable[[Any], object]) -> None:
    for value in taken(queue):
        report(value)


def transfer(values: list[Any], report: Callable[[Any], object]) -> None:
    queue: Queue[Any] = multiprocessing.Queue()
    for target, *args in ((write_queue, queue, values), (read_queue, queue, report)):
        process = multiprocessing.Process(target=target, args=args)
        process.start()
        process.join()


def read_count(queue, count, report):
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    queue = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    reader = multiprocessing.Process(target=read_count, args=(queue, len(values), report))
    writer.start()
    reader.start()
    reader.join()
    writer.join()
