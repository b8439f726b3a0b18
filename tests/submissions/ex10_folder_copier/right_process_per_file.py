"""A process for every file, as many at once as a semaphore lets through."""
import multiprocessing
import os


class Copier(multiprocessing.Process):
    def __init__(self, slots, errors, *what):
        super().__init__()
        self.slots, self.errors, self.what = slots, errors, what

    def run(self):
        with self.slots:
            try:
                copy_work(*self.what)
            except OSError as error:
                self.errors.put((type(error), error.args))


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    slots, errors = multiprocessing.Semaphore(workers), multiprocessing.SimpleQueue()
    copiers = [Copier(slots, errors, source_dir, dest_dir, name) for name in names]
    for copier in copiers:
        copier.start()
    for copier in copiers:
        copier.join()
    if not errors.empty():
        kind, args = errors.get()
        raise kind(*args)
    return len(names)
