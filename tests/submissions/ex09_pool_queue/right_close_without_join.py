"""The pool is closed, and goes out of scope."""

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
    manager = multiprocessing.Manager()
    queue = manager.Queue(5)
    pool = multiprocessing.Pool(2)
    pool.apply(write_queue, (queue, values))
    result = pool.apply(read_queue, (queue,))
    pool.close()
    return result
