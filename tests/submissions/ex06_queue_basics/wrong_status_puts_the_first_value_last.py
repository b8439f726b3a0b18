# fails: check_status_takes_nothing
# cause: wrong_order
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
    status = {"full": queue.full(), "empty": queue.empty(), "size": queue.qsize()}
    if not status["empty"]:
        queue.put(queue.get())
    return status


def drain(queue):
    values = []
    while True:
        try:
            values.append(queue.get_nowait())
        except Empty:
            return values
