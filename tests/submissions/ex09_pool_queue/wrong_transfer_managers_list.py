# fails: check_transfer_makes_a_queue_of_size_five
# cause: -
import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


def write(shared, values):
    shared.extend(values)


def read(shared):
    return list(shared)


def pool_transfer(values):
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2) as pool:
        shared = manager.list()
        pool.apply(write, (shared, values))
        return pool.apply(read, (shared,))
