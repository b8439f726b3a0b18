# fails: check_error_of_a_copy_reaches_the_caller check_error_of_any_kind_reaches_the_caller check_error_of_a_copy_leaves_no_process
# cause: callback_raised
# verdict: stuck
import multiprocessing
import os

BLOCK_SIZE = 64 * 1024


def copy_work(source_dir, dest_dir, file_name):
    source_path = os.path.join(source_dir, file_name)
    dest_path = os.path.join(dest_dir, file_name)
    with open(source_path, "rb") as source, open(dest_path, "wb") as dest:
        while block := source.read(BLOCK_SIZE):
            dest.write(block)


def failed(error):
    raise error


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    pool = multiprocessing.Pool(workers)
    for name in names:
        pool.apply_async(copy_work, (source_dir, dest_dir, name), error_callback=failed)
    pool.close()
    pool.join()
    return len(names)
