# fails: check_transfer_gives_the_values_in_order check_transfer_values_may_count_as_false
# fails: check_transfer_of_no_values_gives_an_empty_list check_transfer_gives_what_was_read check_transfer_gives_the_values_of_each_call
# cause: list_of_lists
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
        queue = manager.Queue(5)
        pool.apply(write_queue, (queue, values))
        return pool.map(read_queue, [queue])
