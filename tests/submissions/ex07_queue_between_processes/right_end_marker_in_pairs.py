import multiprocessing
from queue import Empty


def write_pairs(queue, values):
    for value in values:
        queue.put((True, value))
    queue.put((False, None))


def read_pairs(queue, report):
    goes_on, value = queue.get()
    while goes_on:
        report(value)
        goes_on, value = queue.get()


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


def transfer_large(values, report):
    queue = multiprocessing.Queue(maxsize=10)
    reader = multiprocessing.Process(target=read_pairs, args=(queue, report))
    writer = multiprocessing.Process(target=write_pairs, args=(queue, values))
    reader.start()
    writer.start()
    writer.join()
    reader.join()
