# fails: check_transfer_leaves_both_parts_to_the_pool check_transfer_has_all_written_before_it_reads
# fails: check_transfer_gives_what_was_read
# cause: part_in_your_process
import multiprocessing
from multiprocessing.pool import ThreadPool


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


def pool_transfer(values):
    with multiprocessing.Manager() as manager, ThreadPool(2) as pool:
        queue = manager.Queue(5)
        pool.apply(write_queue, (queue, values))
        return pool.apply(read_queue, (queue,))
