"""Exercise 9, solved: a queue in a pool (section 7.12).

练习 9 的参考答案：进程池中的队列（7.12 节）。
"""

import multiprocessing
from queue import Empty


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while True:
        try:
            values.append(queue.get_nowait())
        except Empty:
            return values


def pool_transfer(values):
    # The manager is a process, too. The with-block ends it, and it is the outer one because the queue has to be there
    # for as long as the pool is.
    with multiprocessing.Manager() as manager:
        queue = manager.Queue(5)
        pool = multiprocessing.Pool(2)
        try:
            # apply waits for its result: only when everything is written does the reading begin.
            pool.apply(write_queue, (queue, values))
            return pool.apply(read_queue, (queue,))
        finally:
            pool.close()
            pool.join()
