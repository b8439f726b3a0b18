# fails: check_error_of_a_copy_reaches_the_caller check_error_of_any_kind_reaches_the_caller
# cause: did_not_raise
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with ProcessPoolExecutor(workers) as executor:
        for name in names:
            executor.submit(copy_work, source_dir, dest_dir, name)
    return len(names)
