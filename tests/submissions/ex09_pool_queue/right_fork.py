"""Manager and pool of the fork context."""

import multiprocessing

context = multiprocessing.get_context("fork")


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    return [queue.get() for _ in range(queue.qsize())]


def pool_transfer(values):
    with context.Manager() as manager, context.Pool(1) as pool:
        queue = manager.Queue(5)
        pool.apply(write_queue, (queue, values))
        return pool.apply(read_queue, (queue,))
