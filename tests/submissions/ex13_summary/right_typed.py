"""Typed, with pathlib."""
from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


class Progress(Iterator):
    def __init__(self, queue: Any, total: int) -> None:
        self._queue = queue
        self._total = total
        self._done = 0

    def __next__(self) -> tuple[int, int, str]:
        if self._done == self._total:
            raise StopIteration
        name: str = self._queue.get()
        self._done += 1
        return self._done, self._total, name


def copy_one(task: tuple[Path, Path]) -> str:
    source, dest = task
    with source.open("rb") as from_file, dest.open("wb") as to_file:
        while block := from_file.read(1 << 16):
            to_file.write(block)
    return source.name


def copy_with_progress(source_dir: str, dest_dir: str, workers: int, report: Callable[[int, int, str], Any]) -> int:
    files = [path for path in Path(source_dir).iterdir() if path.is_file()]
    Path(dest_dir).mkdir(exist_ok=True)
    if not files:
        return 0
    with multiprocessing.Pool(min(workers, len(files))) as pool:
        for count, name in enumerate(pool.imap_unordered(copy_one, [(f, Path(dest_dir) / f.name) for f in files])):
            report(count + 1, len(files), name)
    return len(files)
