# fails: check_large_writes_in_a_child check_large_reads_in_a_child
# cause: -
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


def transfer(values, report):
    queue = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    writer.start()
    writer.join()
    reader = multiprocessing.Process(target=read_queue, args=(queue, report))
    reader.start()
    reader.join()


def read_count(queue, count, report):
    for _ in range(count):
        report(queue.get())


def write_one(queue, value):
    queue.put(value)


def read_one(queue, report):
    report(queue.get())


def transfer_large(values, report):
    for value in values:
        queue = multiprocessing.Queue()
        reader = multiprocessing.Process(target=read_one, args=(queue, report))
        reader.start()
        writer = multiprocessing.Process(target=write_one, args=(queue, value))
        writer.start()
        writer.join()
        reader.join()
