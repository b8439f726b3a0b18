# fails: check_work_copies_an_empty_file
# cause: not_copied
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        block = source.read(65536)
        if not block:
            return
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block:
                dest.write(block)
                block = source.read(65536)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)
