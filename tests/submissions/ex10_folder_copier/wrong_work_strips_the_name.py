# fails: check_work_takes_names_with_spaces_and_chinese
# cause: raised
import multiprocessing
import os

BLOCK_SIZE = 64 * 1024


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)

    pool = multiprocessing.Pool(workers)
    try:
        tasks = [pool.apply_async(copy_work, (source_dir, dest_dir, name)) for name in names]
        for task in tasks:
            task.get()
    finally:
        pool.close()
        pool.join()
    return len(names)


def copy_work(source_dir, dest_dir, file_name):
    file_name = file_name.strip()
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(BLOCK_SIZE):
                dest.write(block)
