# fails: check_error_of_a_copy_reaches_the_caller check_error_of_any_kind_reaches_the_caller
# cause: other_exception
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
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        try:
            pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
        except OSError as error:
            raise OSError(f"not copied: {error}")
    return len(names)
