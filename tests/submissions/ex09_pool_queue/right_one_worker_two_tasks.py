"""One worker does one task after the other."""

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
    with multiprocessing.Manager() as manager:
        queue = manager.Queue(5)
        pool = multiprocessing.Pool(1)
        written = pool.apply_async(write_queue, (queue, values))
        read = pool.apply_async(read_queue, (queue,))
        pool.close()
        pool.join()
        written.get()
        return read.get()
