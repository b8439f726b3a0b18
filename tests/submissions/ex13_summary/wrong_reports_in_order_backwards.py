# fails: check_reports_come_as_files_finish
# cause: reported_late
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
        while block := source.read(BLOCK_SIZE):
            dest.write(block)
    return file_name


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    done = 0
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(copy_work, (source_dir, dest_dir, name)) for name in names]
        while tasks:
            name = tasks.pop().get()
            done += 1
            report(done, len(names), name)
    return len(names)
