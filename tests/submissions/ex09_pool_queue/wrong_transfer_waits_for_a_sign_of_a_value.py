# fails: check_transfer_of_no_values_gives_an_empty_list
# cause: task_never_ends
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


def remember(event):
    global is_written
    is_written = event


def write_and_tell(queue, values):
    for value in values:
        queue.put(value)
        is_written.set()


def read_when_written(queue):
    is_written.wait()
    return read_queue(queue)


def pool_transfer(values):
    event = multiprocessing.Event()
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2, remember, (event,)) as pool:
        queue = manager.Queue(5)
        pool.apply(write_and_tell, (queue, values))
        return pool.apply(read_when_written, (queue,))
