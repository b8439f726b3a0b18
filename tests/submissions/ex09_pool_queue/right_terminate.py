"""The pool is terminated, the manager shut down."""

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
    try:
        pool.apply_async(write_queue, (queue, values)).get()
        return pool.apply_async(read_queue, (queue,)).get()
    finally:
        pool.terminate()
        manager.shutdown()
