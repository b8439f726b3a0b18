"""The first task's result holds the values, too."""

import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


def write_and_return(queue, values):
    write_queue(queue, values)
    return values


def pool_transfer(values):
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2) as pool:
        queue = manager.Queue(5)
        print("written:", pool.apply(write_and_return, (queue, values)))
        return pool.apply(read_queue, (queue,))
