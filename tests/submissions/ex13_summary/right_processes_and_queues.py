"""No Pool: workers of one's own between two queues."""
import multiprocessing
import os


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


class Worker(multiprocessing.Process):
    def __init__(self, source_dir, dest_dir, tasks, finished):
        super().__init__()
        self.folders, self.tasks, self.finished = (source_dir, dest_dir), tasks, finished

    def run(self):
        for name in iter(self.tasks.get, None):
            try:
                self.finished.put(copy_work(*self.folders, name))
            except Exception as error:
                self.finished.put(error)


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    tasks, finished = multiprocessing.Queue(), multiprocessing.Queue()
    crew = [Worker(source_dir, dest_dir, tasks, finished) for _ in range(workers)]
    for worker in crew:
        worker.start()
    for name in names + [None] * workers:
        tasks.put(name)
    failure = None
    for done, total, outcome in Progress(finished, len(names)):
        if isinstance(outcome, Exception):
            failure = outcome
        else:
            report(done, total, outcome)
    for worker in crew:
        worker.join()
    if failure:
        raise failure
    return len(names)
