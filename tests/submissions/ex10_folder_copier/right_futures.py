"""concurrent.futures, results as they come."""
import os
from concurrent.futures import ProcessPoolExecutor, as_completed


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(4096):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [e.name for e in os.scandir(source_dir) if not e.is_dir()]
    os.makedirs(dest_dir, exist_ok=True)
    with ProcessPoolExecutor(max_workers=workers) as executor:
        futures = [executor.submit(copy_work, source_dir, dest_dir, name) for name in names]
        for future in as_completed(futures):
            future.result()
    return len(names)
