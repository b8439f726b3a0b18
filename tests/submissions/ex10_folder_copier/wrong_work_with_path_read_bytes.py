# fails: check_work_copies_a_huge_file_in_blocks
# cause: whole_in_memory
import multiprocessing
import os
import pathlib


def copy_work(source_dir, dest_dir, file_name):
    (pathlib.Path(dest_dir) / file_name).write_bytes((pathlib.Path(source_dir) / file_name).read_bytes())


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)
