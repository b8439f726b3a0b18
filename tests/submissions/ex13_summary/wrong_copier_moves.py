# fails: check_copier_copies_every_file check_reports_count_anew_in_each_call check_reports_come_as_files_finish
# cause: source_changed
import multiprocessing
import os
import queue

BLOCK_SIZE = 64 * 1024


class Progress:
    def __init__(self, queue, total):
        self.queue = queue
        self.total = total
        self.done = 0

    def __iter__(self):
        return self

    def __next__(self):
        # The end is checked before the queue is: after the last file, nobody will ever put another name in.
        if self.done == self.total:
            raise StopIteration
        file_name = self.queue.get()
        self.done += 1
        return self.done, self.total, file_name


def copy_work(source_dir, dest_dir, file_name):
    from_path, to_path = os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name)
    with open(from_path, "rb") as source, open(to_path, "wb") as dest:
        while block := source.read(BLOCK_SIZE):
            dest.write(block)
    os.remove(from_path)
    return file_name


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)

    # The pool calls a task's callback in a thread of this process, so a plain queue between threads is enough here:
    # no manager is needed.
    finished = queue.Queue()
    pool = multiprocessing.Pool(workers)
    try:
        for name in names:
            # Success puts a file name into the queue, failure an exception. One of the two always comes, so that nobody
            # waits for a name that never will.
            pool.apply_async(
                copy_work, (source_dir, dest_dir, name), callback=finished.put, error_callback=finished.put
            )
        for done, total, result in Progress(finished, len(names)):
            if isinstance(result, BaseException):
                raise result
            report(done, total, result)
    finally:
        pool.close()
        pool.join()
    return len(names)
