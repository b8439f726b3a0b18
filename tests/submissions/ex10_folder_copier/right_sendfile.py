"""The system copies: os.sendfile, and try and finally around the pool."""
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            offset = 0
            while sent := os.sendfile(dest.fileno(), source.fileno(), offset, 1 << 20):
                offset += sent


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    pool = multiprocessing.Pool(workers)
    try:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    finally:
        pool.terminate()
        pool.join()
    return len(names)
