# fails: check_write_puts_each_value_in_order check_write_values_may_count_as_false check_write_puts_any_number_of_values check_write_waits_for_room
# cause: last_missing
import multiprocessing


def write_queue(queue, values):
    for i in range(len(values) - 1):
        queue.put(values[i])


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
