# fails: check_transfer_makes_a_queue_of_size_five
# cause: queue_size
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
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2) as pool:
        queue = manager.Queue()
        pool.apply(write_queue, (queue, values))
        return pool.apply(read_queue, (queue,))
