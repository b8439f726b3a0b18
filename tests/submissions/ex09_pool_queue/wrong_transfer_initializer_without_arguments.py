# fails: check_transfer_gives_the_values_in_order check_transfer_values_may_count_as_false check_transfer_gives_what_was_read
# fails: check_transfer_of_no_values_gives_an_empty_list check_transfer_leaves_both_parts_to_the_pool
# fails: check_transfer_has_all_written_before_it_reads check_transfer_makes_a_queue_of_size_five check_transfer_leaves_no_process
# fails: check_transfer_gives_the_values_of_each_call
# cause: pool_cannot_begin
# verdict: stuck
import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


def remember(queue):
    global kept
    kept = queue


def write(values):
    write_queue(kept, values)


def read():
    return read_queue(kept)


def pool_transfer(values):
    with multiprocessing.Manager() as manager:
        queue = manager.Queue(5)
        with multiprocessing.Pool(2, remember) as pool:
            pool.apply(write, (values,))
            return pool.apply(read)
