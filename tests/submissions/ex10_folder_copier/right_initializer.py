"""The folders are given to each worker once."""
import multiprocessing
import os

folders = ()


def remember(*given):
    global folders
    folders = given


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_one(file_name):
    copy_work(*folders, file_name)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers, initializer=remember, initargs=(source_dir, dest_dir)) as pool:
        for _ in pool.imap(copy_one, names):
            pass
    return len(names)
