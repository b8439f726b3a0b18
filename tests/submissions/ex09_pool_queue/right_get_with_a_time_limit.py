"""Gives up where nothing has come for a while."""

import multiprocessing
import queue as queues


def write_queue(queue, values):
    for value in values:
        queue.put(value, timeout=5)


def read_queue(queue):
    values = []
    while True:
        try:
            value = queue.get(timeout=0.2)
        except queues.Empty:
            break
        values.append(value)
    return values


def pool_transfer(values):
    with multiprocessing.Manager() as manager:
        queue = manager.Queue(5)
        with multiprocessing.Pool(3) as pool:
            write = pool.apply_async(write_queue, (queue, values))
            write.wait()
            read = pool.apply_async(read_queue, (queue,))
            read.wait()
            return read.get()
