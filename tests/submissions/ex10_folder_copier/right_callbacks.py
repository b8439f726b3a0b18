import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    """Callbacks count what is done and keep what went wrong."""
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    done, errors = [], []
    pool = multiprocessing.Pool(workers)
    for name in names:
        pool.apply_async(copy_work, (source_dir, dest_dir, name), callback=done.append, error_callback=errors.append)
    pool.close()
    pool.join()
    if errors:
        raise errors[0]
    return len(done)
