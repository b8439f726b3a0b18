"""Each task by starmap."""

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
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2) as pool:
        queue = manager.Queue(5)
        pool.starmap(write_queue, [(queue, values)])
        return pool.map(read_queue, [queue])[0]
