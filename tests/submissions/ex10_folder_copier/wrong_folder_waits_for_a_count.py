# fails: check_error_of_a_copy_reaches_the_caller check_error_of_a_copy_leaves_no_process check_error_of_any_kind_reaches_the_caller
# cause: queue_never_filled
# verdict: stuck
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def work_and_tell(done, *what):
    copy_work(*what)
    done.put(1)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Manager() as manager, multiprocessing.Pool(workers) as pool:
        done = manager.Queue()
        for name in names:
            pool.apply_async(work_and_tell, (done, source_dir, dest_dir, name))
        for _ in names:
            done.get()
    return len(names)
