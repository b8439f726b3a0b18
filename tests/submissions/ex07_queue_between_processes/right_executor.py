from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Manager
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
    with Manager() as manager:
        queue = manager.Queue()
        with ProcessPoolExecutor(1) as executor:
            executor.submit(write_queue, queue, values).result()
        with ProcessPoolExecutor(1) as executor:
            executor.submit(read_queue, queue, report).result()


def read_count(queue, count, report):
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    with Manager() as manager, ProcessPoolExecutor(2) as executor:
        queue = manager.Queue()
        written = executor.submit(write_queue, queue, values)
        read = executor.submit(read_count, queue, len(values), report)
        written.result()
        read.result()
