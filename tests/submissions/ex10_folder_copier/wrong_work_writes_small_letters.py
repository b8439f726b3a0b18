# fails: check_work_takes_any_name
# cause: too_much_copied
import os
from multiprocessing import Pool


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as f_in:
        with open(os.path.join(dest_dir, file_name.lower()), "wb") as f_out:
            while True:
                block = f_in.read(1024 * 64)
                if not block:
                    break
                f_out.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = []
    for name in os.listdir(source_dir):
        if os.path.isfile(os.path.join(source_dir, name)):
            names.append(name)
    if not os.path.exists(dest_dir):
        os.mkdir(dest_dir)
    pool = Pool(workers)
    try:
        results = [pool.apply_async(copy_work, (source_dir, dest_dir, name)) for name in names]
        for r in results:
            r.get()
    finally:
        pool.close()
        pool.join()
    return len(names)
