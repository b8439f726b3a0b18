# fails: check_transfer_ends_without_values
# cause: child_never_ends
# verdict: stuck
import multiprocessing
from queue import Empty


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue, report):
    while True:
        try:
            value = queue.get_nowait()
        except Empty:
            return
        report(value)


def write_and_tell(queue, values, is_written):
    for value in values:
        queue.put(value)
        is_written.set()


def read_when_written(queue, report, is_written):
    is_written.wait()
    read_queue(queue, report)


def transfer(values, report):
    queue, is_written = multiprocessing.Queue(), multiprocessing.Event()
    writer = multiprocessing.Process(target=write_and_tell, args=(queue, values, is_written))
    writer.start()
    writer.join()
    reader = multiprocessing.Process(target=read_when_written, args=(queue, report, is_written))
    reader.start()
    reader.join()


def read_count(queue, count, report):
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    queue = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    reader = multiprocessing.Process(target=read_count, args=(queue, len(values), report))
    writer.start()
    reader.start()
    reader.join()
    writer.join()
