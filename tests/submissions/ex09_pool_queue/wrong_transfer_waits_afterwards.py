# fails: check_transfer_gives_the_values_in_order check_transfer_values_may_count_as_false check_transfer_gives_the_values_of_each_call
# fails: check_transfer_leaves_both_parts_to_the_pool check_transfer_has_all_written_before_it_reads
# fails: check_transfer_makes_a_queue_of_size_five check_transfer_gives_what_was_read
# cause: nothing_in_the_list
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
        write = pool.apply_async(write_queue, (queue, values))
        read = pool.apply_async(read_queue, (queue,))
        write.get()
        return read.get()
