"""The teacher's way: a manager's queue, Progress over it, and the results asked for their errors."""
import multiprocessing
import os


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
        return (self.done, self.total, file_name)


def copy_work(source_dir, dest_dir, file_name, queue):
    try:
        with open(os.path.join(source_dir, file_name), "rb") as source:
            with open(os.path.join(dest_dir, file_name), "wb") as dest:
                while True:
                    block = source.read(1024)
                    if not block:
                        break
                    dest.write(block)
    finally:
        queue.put(file_name)


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = []
    for name in os.listdir(source_dir):
        if os.path.isfile(os.path.join(source_dir, name)):
            names.append(name)
    if not os.path.exists(dest_dir):
        os.mkdir(dest_dir)
    with multiprocessing.Manager() as manager:
        queue = manager.Queue()
        pool = multiprocessing.Pool(workers)
        results = [pool.apply_async(copy_work, (source_dir, dest_dir, name, queue)) for name in names]
        pool.close()
        for done, total, file_name in Progress(queue, len(names)):
            report(done, total, file_name)
        pool.join()
        for result in results:
            result.get()
    return len(names)
