# fails: check_drain_leaves_the_queue_empty check_drain_leaves_the_queue_usable
# cause: -
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
    values = [queue.get() for _ in range(queue.qsize())]
    for value in values:
        queue.put(value)
    return values
