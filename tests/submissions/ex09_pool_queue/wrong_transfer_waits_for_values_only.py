# fails: check_transfer_has_all_written_before_it_reads
# cause: read_too_early
import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values


def read_some(queue, count):
    return [queue.get() for _ in range(count)]


def pool_transfer(values):
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2) as pool:
        queue = manager.Queue(5)
        pool.apply_async(write_queue, (queue, values))
        result = pool.apply(read_some, (queue, len(values)))
        pool.close()
        pool.join()
        return result
