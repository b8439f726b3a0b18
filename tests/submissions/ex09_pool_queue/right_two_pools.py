"""A pool for each task."""

import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


def pool_transfer(values):
    with multiprocessing.Manager() as manager:
        queue = manager.Queue(5)
        with multiprocessing.Pool(1) as writers:
            writers.apply(write_queue, (queue, values))
        with multiprocessing.Pool(1) as readers:
            return readers.apply(read_queue, (queue,))
