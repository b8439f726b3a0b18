# fails: check_transfer_gives_the_values_in_order check_transfer_values_may_count_as_false check_transfer_of_no_values_gives_an_empty_list check_transfer_leaves_both_parts_to_the_pool check_transfer_has_all_written_before_it_reads check_transfer_makes_a_queue_of_size_five check_transfer_leaves_no_process
# fails: check_transfer_gives_what_was_read check_transfer_gives_the_values_of_each_call
# cause: not_picklable
import multiprocessing
import queue as queues


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


def pool_transfer(values):
    queue = queues.Queue(5)
    with multiprocessing.Pool(2) as pool:
        pool.apply(write_queue, (queue, values))
        return pool.apply(read_queue, (queue,))
