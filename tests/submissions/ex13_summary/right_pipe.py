"""Word comes through a pipe, with a lock around the sending end."""
import multiprocessing
import os
from multiprocessing.connection import wait


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


def run(connection, what):
    try:
        connection.send((copy_work(*what), None))
    except Exception as error:
        connection.send((what[-1], error))


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    left, busy, done, errors = list(names), {}, 0, []
    while left or busy:
        while left and len(busy) < workers:
            ours, theirs = multiprocessing.Pipe(duplex=False)
            process = multiprocessing.Process(target=run, args=(theirs, (source_dir, dest_dir, left.pop())))
            process.start()
            busy[ours] = process
        for connection in wait(list(busy)):
            name, error = connection.recv()
            busy.pop(connection).join()
            if error is not None:
                errors.append(error)
                left.clear()
            else:
                done += 1
                report(done, len(names), name)
    if errors:
        raise errors[0]
    return done
