"""A future's callback puts the file name into a queue.Queue, and Progress reads it."""
import functools
import os
import queue as queues
from concurrent.futures import ProcessPoolExecutor


class Progress:
    def __init__(self, queue, total):
        self.queue, self.total, self.done = queue, total, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.done >= self.total:
            raise StopIteration
        name = self.queue.get()
        self.done += 1
        return self.done, self.total, name


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)
    return file_name


def tell(finished, name, future):
    finished.put(future.exception() or name)


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    finished = queues.Queue()
    with ProcessPoolExecutor(max_workers=workers) as executor:
        for name in names:
            future = executor.submit(copy_work, source_dir, dest_dir, name)
            future.add_done_callback(functools.partial(tell, finished, name))
        for done, total, outcome in Progress(finished, len(names)):
            if isinstance(outcome, Exception):
                raise outcome
            report(done, total, outcome)
    return len(names)
