"""Exercise 10, solved: a folder copier (section 7.13).

练习 10 的参考答案：文件夹拷贝器（7.13 节）。
"""

import multiprocessing
import os

BLOCK_SIZE = 64 * 1024


def copy_work(source_dir, dest_dir, file_name):
    source_path = os.path.join(source_dir, file_name)
    dest_path = os.path.join(dest_dir, file_name)
    # "rb" and "wb": as text, line ends and unknown characters would not come through unchanged.
    with open(source_path, "rb") as source, open(dest_path, "wb") as dest:
        # `source.read()` without a size would load the whole file into memory.
        while block := source.read(BLOCK_SIZE):
            dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    # The source is looked at first: if it is missing, this line raises and no folder has been made.
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)

    pool = multiprocessing.Pool(workers)
    try:
        tasks = [pool.apply_async(copy_work, (source_dir, dest_dir, name)) for name in names]
        # get() returns nothing of use here, but it raises what went wrong in the worker.
        for task in tasks:
            task.get()
    finally:
        # Not terminate: that could stop the other workers in the middle of a file and leave half of it.
        pool.close()
        pool.join()
    return len(names)
