"""With names imported one by one."""

from multiprocessing import Manager, Pool
from queue import Empty


def write_queue(queue, values):
    for value in values:
        queue.put_nowait(value)


def read_queue(queue):
    values = []
    try:
        while True:
            values.append(queue.get(block=False))
    except Empty:
        pass
    return values


def pool_transfer(values):
    with Manager() as manager:
        queue = manager.Queue(maxsize=5)
        with Pool(2) as pool:
            pool.apply(write_queue, args=(queue, values))
            return pool.apply(read_queue, args=(queue,))
