"""Asks now and again whether it is done."""

import multiprocessing
import time


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
    written = pool.apply_async(write_queue, (queue, values))
    while not written.ready():
        time.sleep(0.05)
    read = pool.apply_async(read_queue, (queue,))
    while not read.ready():
        time.sleep(0.05)
    pool.close()
    pool.join()
    return read.get()
