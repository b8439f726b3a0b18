"""concurrent.futures."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


def pool_transfer(values):
    with multiprocessing.Manager() as manager, ProcessPoolExecutor(2) as executor:
        queue = manager.Queue(5)
        executor.submit(write_queue, queue, values).result()
        return executor.submit(read_queue, queue).result()
