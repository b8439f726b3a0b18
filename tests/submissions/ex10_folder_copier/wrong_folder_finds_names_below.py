# fails: check_folder_counts_no_sub_folders
# cause: -
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
    os.listdir(source_dir)
    found = [name for _, _, names in os.walk(source_dir) for name in names]
    names = [name for name in found if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)
