# fails: check_work_replaces_an_older_copy
# cause: bytes_changed
import multiprocessing
import os

BLOCK_SIZE = 64 * 1024


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)

    pool = multiprocessing.Pool(workers)
    try:
        tasks = [pool.apply_async(copy_work, (source_dir, dest_dir, name)) for name in names]
        for task in tasks:
            task.get()
    finally:
        pool.close()
        pool.join()
    return len(names)


def copy_work(source_dir, dest_dir, file_name):
    path, dest_path = os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name)
    if os.path.exists(dest_path) and os.path.getsize(dest_path) == os.path.getsize(path):
        return
    with open(path, "rb") as source:
        with open(dest_path, "wb") as dest:
            while block := source.read(BLOCK_SIZE):
                dest.write(block)
