"""shutil.copyfileobj with a block size of its own; imap_unordered."""
import multiprocessing
import os
import shutil


def copy_work(source_dir, dest_dir, file_name):
    with open(f"{source_dir}/{file_name}", "rb") as source, open(f"{dest_dir}/{file_name}", "wb") as dest:
        shutil.copyfileobj(source, dest, 1024 * 1024)
    return 1


def unpack(task):
    return copy_work(*task)


def copy_folder(source_dir, dest_dir, workers=3):
    tasks = [(source_dir, dest_dir, n) for n in sorted(os.listdir(source_dir)) if os.path.isfile(f"{source_dir}/{n}")]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        return sum(pool.imap_unordered(unpack, tasks))
