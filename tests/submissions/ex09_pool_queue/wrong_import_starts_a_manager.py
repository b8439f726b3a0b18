# fails: check_import_starts_no_process
# cause: import_starts_process
import multiprocessing

manager = multiprocessing.Manager()


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
        pool.apply(write_queue, (queue, values))
        return pool.apply(read_queue, (queue,))
