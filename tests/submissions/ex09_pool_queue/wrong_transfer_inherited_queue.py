# fails: check_transfer_leaves_both_parts_to_the_pool check_transfer_has_all_written_before_it_reads
# fails: check_transfer_makes_a_queue_of_size_five check_transfer_gives_what_was_read
# cause: no_manager
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


def read(count):
    return [kept.get() for _ in range(count)]


def pool_transfer(values):
    with multiprocessing.Pool(2, remember, (multiprocessing.Queue(5),)) as pool:
        pool.apply(write, (values,))
        return pool.apply(read, (len(values),))
