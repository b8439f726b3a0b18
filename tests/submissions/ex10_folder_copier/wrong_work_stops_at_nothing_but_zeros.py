# fails: check_work_copies_a_huge_file_in_blocks
# cause: fewer_bytes
import multiprocessing
import os

BLOCK_SIZE = 64 * 1024


def copy_work(source_dir, dest_dir, file_name):
    from_path, to_path = (os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name))
    with open(from_path, "rb") as source, open(to_path, "wb") as dest:
        while True:
            block = source.read(BLOCK_SIZE)
            if not block.strip(bytes(1)):
                break
            dest.write(block)


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
