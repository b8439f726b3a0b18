# fails: check_error_of_any_kind_reaches_the_caller
# cause: did_not_raise
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [entry.name for entry in os.scandir(source_dir) if entry.is_file()]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        for result in [pool.apply_async(copy_work, (source_dir, dest_dir, name)) for name in names]:
            try:
                result.get()
            except IsADirectoryError:
                pass
    return len(names)
