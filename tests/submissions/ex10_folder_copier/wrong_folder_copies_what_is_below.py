# fails: check_folder_leaves_out_sub_folders check_folder_counts_no_sub_folders
# cause: too_much_copied
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    tasks = []
    if not os.path.isdir(source_dir):
        raise FileNotFoundError(source_dir)
    for folder, _, names in os.walk(source_dir):
        tasks += [(folder, dest_dir, name) for name in names]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, tasks)
    return len(tasks)
