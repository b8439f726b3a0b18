# fails: check_read_gives_all_values_in_order check_read_of_an_empty_queue_gives_an_empty_list
# fails: check_read_takes_the_values_out
# cause: queue_never_filled
# verdict: stuck
import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    return [queue.get() for _ in range(5)]


def pool_transfer(values):
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2) as pool:
        queue = manager.Queue(5)
        pool.apply(write_queue, (queue, values))
        return pool.apply(read_queue, (queue,))
