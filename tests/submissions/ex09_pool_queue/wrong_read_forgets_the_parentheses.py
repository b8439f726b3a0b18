# fails: check_read_gives_all_values_in_order check_read_values_may_count_as_false check_read_takes_the_values_out
# cause: name_as_condition
import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty:
        values.append(queue.get())
    return values


def pool_transfer(values):
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2) as pool:
        queue = manager.Queue(5)
        pool.apply(write_queue, (queue, values))
        return pool.apply(read_queue, (queue,))
