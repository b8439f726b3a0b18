# fails: check_work_takes_relative_folders
# cause: not_copied
# verdict: failed
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    path = os.path.join(source_dir, file_name)
    with open(path, "rb") as source, open(path.replace(source_dir, dest_dir), "wb") as dest:
        while block := source.read(65536):
            dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [entry.name for entry in os.scandir(source_dir) if entry.is_file()]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)
