"""shutil.copy, and a count of what came back."""
import functools
import multiprocessing
import os
import shutil


def copy_work(source_dir, dest_dir, file_name):
    return shutil.copy(os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name))


def copy_folder(source_dir, dest_dir, workers=3):
    names = next(os.walk(source_dir), None)
    if names is None:
        raise FileNotFoundError(source_dir)
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        done = pool.map(functools.partial(copy_work, source_dir, dest_dir), names[2])
    return len([path for path in done if path])
