# fails: check_transfer_leaves_no_process
# cause: process_left
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
    global manager
    manager = multiprocessing.Manager()
    queue = manager.Queue(5)
    with multiprocessing.Pool(2) as pool:
        pool.apply(write_queue, (queue, values))
        return pool.apply(read_queue, (queue,))
