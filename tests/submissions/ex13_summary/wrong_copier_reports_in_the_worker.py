# fails: check_reports_come_from_the_calling_process
# cause: reported_elsewhere
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


count = None


def remember(value):
    global count
    count = value


def copy_and_report(report, total, *what):
    copy_work(*what)
    with count.get_lock():
        count.value += 1
        report(count.value, total, what[-1])


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers, remember, (multiprocessing.Value("i", 0),)) as pool:
        pool.starmap(copy_and_report, [(report, len(names), source_dir, dest_dir, name) for name in names])
    return len(names)
