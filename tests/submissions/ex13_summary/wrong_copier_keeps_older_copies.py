# fails: check_copier_takes_one_that_is_there check_copier_counts_what_it_copied check_error_of_any_kind_reaches_the_caller check_reports_wait_for_the_copy
# cause: old_file_kept
import multiprocessing
import os
import shutil


def Progress(queue, total):
    for done in range(1, total + 1):
        yield done, total, queue.get()


def copy(task):
    source_dir, dest_dir, name = task
    with open(os.path.join(source_dir, name), "rb") as source, open(os.path.join(dest_dir, name), "wb") as dest:
        shutil.copyfileobj(source, dest)
    return name


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [entry.name for entry in os.scandir(source_dir) if entry.is_file()]
    names = [name for name in names if not os.path.exists(os.path.join(dest_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        done = 0
        for name in pool.imap_unordered(copy, [(source_dir, dest_dir, name) for name in names]):
            done += 1
            report(done, len(names), name)
    return len(names)
