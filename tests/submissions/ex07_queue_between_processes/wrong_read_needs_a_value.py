# fails: check_read_reports_nothing_of_an_empty_queue
# cause: waits_for_a_value
# verdict: stuck
import multiprocessing
from queue import Empty


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue, report):
    report(queue.get())
    while not queue.empty():
        report(queue.get())


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


def transfer_large(values, report):
    queue = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    reader = multiprocessing.Process(target=read_count, args=(queue, len(values), report))
    writer.start()
    reader.start()
    reader.join()
    writer.join()
