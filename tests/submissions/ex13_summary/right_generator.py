"""Progress as a generator function; whatever went wrong comes through the queue, too."""
import multiprocessing
import os
import shutil


def Progress(queue, total):
    for done in range(1, total + 1):
        yield done, total, queue.get()


def copy_work(source_dir, dest_dir, file_name, queue):
    try:
        shutil.copyfile(os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name))
        queue.put(file_name)
    except Exception as error:
        queue.put(error)


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [entry.name for entry in os.scandir(source_dir) if entry.is_file()]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Manager() as manager, multiprocessing.Pool(workers) as pool:
        queue = manager.Queue()
        for name in names:
            pool.apply_async(copy_work, (source_dir, dest_dir, name, queue))
        for done, total, outcome in Progress(queue, len(names)):
            if isinstance(outcome, Exception):
                raise outcome
            report(done, total, outcome)
    return len(names)
