# fails: check_write_puts_any_number_of_values
# cause: stopped_midway
import multiprocessing
from queue import Empty


def write_queue(queue, values):
    for value in values[:5]:
        queue.put(value)


def read_queue(queue):
    values = []
    while True:
        try:
            values.append(queue.get_nowait())
        except Empty:
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
