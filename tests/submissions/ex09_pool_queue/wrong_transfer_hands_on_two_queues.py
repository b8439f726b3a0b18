# fails: check_transfer_gives_the_values_in_order check_transfer_values_may_count_as_false check_transfer_gives_what_was_read check_transfer_gives_the_values_of_each_call check_transfer_leaves_both_parts_to_the_pool check_transfer_has_all_written_before_it_reads check_transfer_makes_a_queue_of_size_five
# cause: read_too_early
import multiprocessing
from queue import Empty


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while True:
        try:
            values.append(queue.get_nowait())
        except Empty:
            return values


def pool_transfer(values):
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2) as pool:
        pool.apply(write_queue, (manager.Queue(5), values))
        return pool.apply(read_queue, (manager.Queue(5),))
