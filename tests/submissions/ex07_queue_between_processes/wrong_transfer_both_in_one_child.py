# fails: check_transfer_joins_the_writer_before_reading
# cause: one_for_both
import multiprocessing
from queue import Empty


def write_and_read(queue, values, report):
    write_queue(queue, values)
    read_count(queue, len(values), report)


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
    process = multiprocessing.Process(target=write_and_read, args=(queue, values, report))
    process.start()
    process.join()


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
