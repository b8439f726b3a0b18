# fails: check_folder_copies_every_file check_folder_counts_anew_in_each_call
# cause: source_changed
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def move(source_dir, dest_dir, file_name):
    copy_work(source_dir, dest_dir, file_name)
    os.remove(os.path.join(source_dir, file_name))


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(move, [(source_dir, dest_dir, name) for name in names])
    return len(names)
