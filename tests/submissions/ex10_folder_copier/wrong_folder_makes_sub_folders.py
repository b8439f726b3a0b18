# fails: check_folder_leaves_out_sub_folders
# cause: too_much_copied
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = os.listdir(source_dir)
    os.makedirs(dest_dir, exist_ok=True)
    files = []
    for name in names:
        if os.path.isdir(os.path.join(source_dir, name)):
            os.makedirs(os.path.join(dest_dir, name), exist_ok=True)
        else:
            files.append(name)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in files])
    return len(files)
