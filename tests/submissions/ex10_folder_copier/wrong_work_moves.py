# fails: check_work_leaves_the_source_alone
# cause: source_changed
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    os.replace(os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name))


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)
