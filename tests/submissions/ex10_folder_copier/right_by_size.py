"""As many blocks as the size says."""
import multiprocessing
import os

BLOCK = 1000


def copy_work(source_dir, dest_dir, file_name):
    path = os.path.join(source_dir, file_name)
    left = os.path.getsize(path)
    with open(path, "rb") as source, open(os.path.join(dest_dir, file_name), "wb") as dest:
        while left > 0:
            block = source.read(min(BLOCK, left))
            dest.write(block)
            left -= len(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)
