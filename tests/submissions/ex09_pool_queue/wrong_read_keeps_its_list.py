# fails: check_read_gives_all_values_in_order
# cause: earlier_values
import multiprocessing
from queue import Empty


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue, values=[]):
    while not queue.empty():
        values.append(queue.get())
    return values


def pool_transfer(values):
    with multiprocessing.Manager() as manager:
        queue = manager.Queue(5)
        pool = multiprocessing.Pool(2)
        try:
            pool.apply(write_queue, (queue, values))
            return pool.apply(read_queue, (queue,))
        finally:
            pool.close()
            pool.join()
