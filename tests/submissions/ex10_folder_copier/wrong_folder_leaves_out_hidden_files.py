# fails: check_folder_copies_files_of_every_kind check_folder_takes_a_folder_of_any_name
# cause: files_missing
import multiprocessing
import os
import glob


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    if not os.path.isdir(source_dir):
        raise FileNotFoundError(source_dir)
    names = [os.path.basename(path) for path in glob.glob(os.path.join(source_dir, "*")) if os.path.isfile(path)]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)
