"""With types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from multiprocessing import Process
from threading import Thread
from typing import Any, Literal


def run_in_processes(target: Callable[[Any], object], items: Sequence[Any]) -> None:
    processes = [Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def run_in_threads(target: Callable[[Any], object], items: Sequence[Any]) -> None:
    threads = [Thread(target=target, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_jobs(kind: Literal["cpu", "io"], target: Callable[[Any], object], items: Sequence[Any]) -> None:
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
