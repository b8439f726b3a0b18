# fails: check_transfer_leaves_no_process
# cause: process_left
import multiprocessing

pools = []


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
        pools.append(multiprocessing.Pool(2))
        pools[-1].apply(write_queue, (queue, values))
        result = pools[-1].apply(read_queue, (queue,))
        pools[-1].close()
        return result
