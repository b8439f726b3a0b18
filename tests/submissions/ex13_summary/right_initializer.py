"""A plain multiprocessing queue, which the workers inherit by the initializer."""
import multiprocessing
import os

finished = None


def remember(queue):
    global finished
    finished = queue


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


def copy_and_tell(source_dir, dest_dir, file_name):
    try:
        with open(os.path.join(source_dir, file_name), "rb") as source:
            with open(os.path.join(dest_dir, file_name), "wb") as dest:
                while block := source.read(65536):
                    dest.write(block)
    except OSError:
        finished.put(None)
        raise
    finished.put(file_name)


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    queue = multiprocessing.Queue()
    with multiprocessing.Pool(workers, remember, (queue,)) as pool:
        results = [pool.apply_async(copy_and_tell, (source_dir, dest_dir, name)) for name in names]
        done = 0
        for _, total, name in Progress(queue, len(names)):
            if name is not None:
                done += 1
                report(done, total, name)
        for result in results:
            result.get()
    return done
