"""An executor's map, of which every result is taken."""
import concurrent.futures
import itertools
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as f1, open(os.path.join(dest_dir, file_name), "wb") as f2:
        f2.writelines(iter(lambda: f1.read(8192), b""))


def copy_folder(source_dir, dest_dir, workers=3):
    names = list(filter(lambda n: os.path.isfile(os.path.join(source_dir, n)), os.listdir(source_dir)))
    os.makedirs(dest_dir, exist_ok=True)
    with concurrent.futures.ProcessPoolExecutor(workers) as executor:
        list(executor.map(copy_work, itertools.repeat(source_dir), itertools.repeat(dest_dir), names))
    return len(names)
