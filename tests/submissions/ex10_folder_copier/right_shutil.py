"""shutil.copyfile does the work of a worker."""
import multiprocessing
import os
import shutil


def copy_work(source_dir, dest_dir, file_name):
    shutil.copyfile(os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name))


def copy_folder(source_dir, dest_dir, workers=3):
    with os.scandir(source_dir) as entries:
        names = [entry.name for entry in entries if entry.is_file()]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(processes=workers) as pool:
        pool.starmap(copy_work, ((source_dir, dest_dir, name) for name in names), chunksize=1)
    return len(names)
