# fails: check_transfer_leaves_no_process
# cause: process_left
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

EXECUTORS = []  # from 3.13 on, one that nobody holds any more waits for its workers


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
        executor = ProcessPoolExecutor(2)
        EXECUTORS.append(executor)
        executor.submit(write_queue, queue, values).result()
        result = executor.submit(read_queue, queue).result()
        executor.shutdown(wait=False)
        return result
