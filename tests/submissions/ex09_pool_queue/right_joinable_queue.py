"""The manager's other queue, and a manager that is started by hand."""

import multiprocessing
from multiprocessing.managers import SyncManager


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


def pool_transfer(values):
    manager = SyncManager()
    manager.start()
    try:
        queue = manager.JoinableQueue(5)
        with multiprocessing.Pool(2) as pool:
            pool.apply(write_queue, (queue, list(values)))
            return list(pool.apply(read_queue, (queue,)))
    finally:
        manager.shutdown()
