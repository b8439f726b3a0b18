# fails: check_folder_has_workers_open_the_files check_folder_keeps_all_workers_busy check_folder_has_no_more_workers_than_asked check_folder_has_three_workers_unless_told check_folder_waits_for_the_copies
# cause: opened_here
import multiprocessing
import os
from multiprocessing.pool import ThreadPool


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with ThreadPool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)
