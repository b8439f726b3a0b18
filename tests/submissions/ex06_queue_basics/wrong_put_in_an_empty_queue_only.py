# fails: check_put_gives_true_where_there_is_room check_put_adds_the_value_at_the_end check_put_values_may_count_as_false check_put_error_reaches_the_caller
# cause: -
import multiprocessing
from queue import Empty, Full


def make_queue(size):
    return multiprocessing.Queue(size)


def try_put(queue, value):
    if not queue.qsize():
        queue.put(value)
        return True
    return False


def try_get(queue, default=None):
    try:
        return queue.get_nowait()
    except Empty:
        return default


def queue_status(queue):
    return {"full": queue.full(), "empty": queue.empty(), "size": queue.qsize()}


def drain(queue):
    values = []
    while True:
        try:
            values.append(queue.get_nowait())
        except Empty:
            return values
