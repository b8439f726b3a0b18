from multiprocessing import Manager, Pool
from queue import Empty


def write_queue(queue, values):
    for value in values:
        queue.put(value, timeout=600)


def read_queue(queue):
    values = []
    try:
        while True:
            values.append(queue.get_nowait())
    except Empty:
        return values


def pool_transfer(values):
    with Manager() as manager, Pool(2) as pool:
        queue = manager.Queue(5)
        pool.apply_async(write_queue, (queue, values)).get(timeout=600)
        return pool.apply_async(read_queue, (queue,)).get(timeout=600)
