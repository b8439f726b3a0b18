"""The workers are given the queue when they start."""

import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


def remember(queue):
    global kept
    kept = queue


def write(values):
    write_queue(kept, values)


def read():
    return read_queue(kept)


def pool_transfer(values):
    with multiprocessing.Manager() as manager:
        with multiprocessing.Pool(2, remember, (manager.Queue(5),)) as pool:
            pool.apply(write, (values,))
            return pool.apply(read)
