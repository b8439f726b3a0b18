# fails: check_folder_copies_files_of_every_kind
# cause: files_missing
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
    paths = [(name, os.path.join(source_dir, name)) for name in os.listdir(source_dir)]
    names = [name for name, path in paths if os.path.isfile(path) and os.path.getsize(path)]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names], chunksize=1)
    return len(names)
