"""pathlib, and type hints."""
from __future__ import annotations

import multiprocessing
from pathlib import Path

BLOCK = 1 << 20


def copy_work(source_dir: str, dest_dir: str, file_name: str) -> None:
    with (Path(source_dir) / file_name).open("rb") as source, (Path(dest_dir) / file_name).open("wb") as dest:
        for block in iter(lambda: source.read(BLOCK), b""):
            dest.write(block)


def copy_folder(source_dir: str, dest_dir: str, workers: int = 3) -> int:
    names = [path.name for path in Path(source_dir).iterdir() if path.is_file()]
    Path(dest_dir).mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)
