# fails: check_import_starts_no_process
# cause: import_starts_process
import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


manager = multiprocessing.Manager()


def pool_transfer(values):
    queue = manager.Queue(5)
    with multiprocessing.Pool(2) as pool:
        pool.apply(write_queue, (queue, values))
        return pool.apply(read_queue, (queue,))
