# fails: check_folder_waits_for_the_copies check_folder_leaves_no_process check_error_of_a_copy_reaches_the_caller check_error_of_a_copy_leaves_no_process
# fails: check_error_of_any_kind_reaches_the_caller
# cause: did_not_wait
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    global pool
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    pool = multiprocessing.Pool(workers)
    for name in names:
        pool.apply_async(copy_work, (source_dir, dest_dir, name))
    pool.close()
    return len(names)
