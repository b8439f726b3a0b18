"""Nobody knows the pool and the manager any more, and so they end."""

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
    queue = multiprocessing.Manager().Queue(5)
    pool = multiprocessing.Pool(2)
    pool.apply(write_queue, (queue, values))
    return pool.apply(read_queue, (queue,))
