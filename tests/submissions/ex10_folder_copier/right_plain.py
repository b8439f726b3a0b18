"""close, join, and get of every result."""

import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = []
    for name in os.listdir(source_dir):
        if os.path.isfile(os.path.join(source_dir, name)):
            names.append(name)
    if not os.path.exists(dest_dir):
        os.mkdir(dest_dir)
    pool = multiprocessing.Pool(workers)
    results = []
    for name in names:
        results.append(pool.apply_async(copy_work, args=(source_dir, dest_dir, name)))
    pool.close()
    pool.join()
    for result in results:
        result.get()
    return len(names)
