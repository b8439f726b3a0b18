# fails: check_progress_counts_from_one check_progress_works_in_a_loop check_progress_waits_for_one_name_at_a_time check_two_progresses_do_not_disturb check_progress_counts_to_many
# cause: parts_misplaced
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
        if self.done == self.total:
            raise StopIteration
        file_name = self.queue.get()
        self.done += 1
        return (self.total, self.done, file_name)


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    finished = queue.Queue()
    pool = multiprocessing.Pool(workers)
    try:
        for name in names:
            pool.apply_async(
                copy_work, (source_dir, dest_dir, name), callback=finished.put, error_callback=finished.put
            )
        for total, done, result in Progress(finished, len(names)):
            if isinstance(result, BaseException):
                raise result
            report(done, total, result)
    finally:
        pool.close()
        pool.join()
    return len(names)


def copy_work(source_dir, dest_dir, file_name):
    from_path, to_path = (os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name))
    with open(from_path, "rb") as source, open(to_path, "wb") as dest:
        while block := source.read(BLOCK_SIZE):
            dest.write(block)
    return file_name
