"""The workers know the values from the start."""

import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


def remember(queue, values):
    global kept
    kept = queue, values


def write():
    write_queue(*kept)


def read():
    return read_queue(kept[0])


def pool_transfer(values):
    with multiprocessing.Manager() as manager:
        with multiprocessing.Pool(2, initializer=remember, initargs=(manager.Queue(5), values)) as pool:
            pool.apply(write)
            return pool.apply(read)
