import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    """No more workers than files, and no pool for nothing."""
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    if not os.path.isdir(dest_dir):
        os.mkdir(dest_dir)
    if not names:
        return 0
    with multiprocessing.Pool(min(workers, len(names))) as pool:
        results = [pool.apply_async(copy_work, (source_dir, dest_dir, name)) for name in names]
        for result in results:
            result.get()
    return len(names)
