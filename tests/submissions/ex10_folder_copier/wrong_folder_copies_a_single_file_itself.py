# fails: check_folder_has_workers_open_the_files
# cause: opened_here
import multiprocessing
import os

BLOCK_SIZE = 64 * 1024


def copy_work(source_dir, dest_dir, file_name):
    source_path = os.path.join(source_dir, file_name)
    dest_path = os.path.join(dest_dir, file_name)
    with open(source_path, "rb") as source, open(dest_path, "wb") as dest:
        while block := source.read(BLOCK_SIZE):
            dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    if len(names) == 1:
        copy_work(source_dir, dest_dir, names[0])
        return 1
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)
