"""The files are divided among the workers beforehand: map with a chunksize."""

import math
import os
from functools import partial
from multiprocessing import Pool


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [entry.name for entry in os.scandir(source_dir) if entry.is_file()]
    os.makedirs(dest_dir, exist_ok=True)
    share = math.ceil(len(names) / workers)
    with Pool(workers) as pool:
        pool.map(partial(copy_work, source_dir, dest_dir), names, chunksize=max(1, share))
    return len(names)
