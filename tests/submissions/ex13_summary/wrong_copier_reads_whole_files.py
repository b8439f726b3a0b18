# fails: check_copier_copies_huge_files_in_blocks
# cause: whole_in_memory
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
        return self.done, self.total, file_name


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source, open(os.path.join(dest_dir, file_name), "wb") as dest:
        dest.write(source.read())
    return file_name


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    finished = queue.Queue()
    pool = multiprocessing.Pool(workers)
    try:
        for name in names:
            pool.apply_async(copy_work, (source_dir, dest_dir, name), callback=finished.put, error_callback=finished.put)
        for done in range(1, len(names) + 1):
            result = finished.get()
            if isinstance(result, BaseException):
                raise result
            report(done, len(names), result)
    finally:
        pool.close()
        pool.join()
    return len(names)
