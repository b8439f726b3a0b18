# fails: check_drain_gives_all_in_order check_drain_values_may_count_as_false check_drain_takes_many check_drain_leaves_the_queue_empty check_drain_leaves_the_queue_usable check_drain_error_reaches_the_caller
# cause: name_as_condition
import multiprocessing

from queue import Empty, Full


def make_queue(size):
    return multiprocessing.Queue(size)


def try_put(queue, value):
    try:
        queue.put_nowait(value)
    except Full:
        return False
    return True


def try_get(queue, default=None):
    try:
        return queue.get_nowait()
    except Empty:
        return default


def queue_status(queue):
    return {"full": queue.full(), "empty": queue.empty(), "size": queue.qsize()}


def drain(queue):
    values = []
    while not queue.empty:
        values.append(queue.get())
    return values
