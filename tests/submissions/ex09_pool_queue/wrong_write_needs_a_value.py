# fails: check_write_puts_nothing_without_values
# cause: raised
import multiprocessing


def write_queue(queue, values):
    i = 0
    while True:
        queue.put(values[i])
        i += 1
        if i == len(values):
            break


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
