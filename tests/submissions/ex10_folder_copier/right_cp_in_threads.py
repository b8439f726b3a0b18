"""Threads hand the copying to cp: so many of its processes at a time as there are workers."""

import os
import subprocess
from multiprocessing.pool import ThreadPool


def copy_work(source_dir, dest_dir, file_name):
    subprocess.run(["cp", "--", os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name)], check=True)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [entry.name for entry in os.scandir(source_dir) if entry.is_file()]
    os.makedirs(dest_dir, exist_ok=True)
    with ThreadPool(workers) as pool:
        return len(pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names], 1))
