"""Removes a copy that was not made to its end, and passes the error on."""

import os
from multiprocessing import Pool


def copy_folder(source_dir, dest_dir, workers=3):
    names = []
    for name in os.listdir(source_dir):
        if os.path.isfile(os.path.join(source_dir, name)):
            names.append(name)
    if not os.path.exists(dest_dir):
        os.mkdir(dest_dir)
    pool = Pool(workers)
    try:
        results = [pool.apply_async(copy_work, (source_dir, dest_dir, name)) for name in names]
        for r in results:
            r.get()
    finally:
        pool.close()
        pool.join()
    return len(names)


def copy_work(source_dir, dest_dir, file_name):
    dest = os.path.join(dest_dir, file_name)
    try:
        with open(os.path.join(source_dir, file_name), "rb") as f_in, open(dest, "wb") as f_out:
            while block := f_in.read(65536):
                f_out.write(block)
    except OSError:
        if os.path.lexists(dest) and not os.path.isdir(dest):
            os.remove(dest)
        raise
