# fails: check_status_error_reaches_the_caller
# cause: did_not_raise
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
    try:
        return {"full": queue.full(), "empty": queue.empty(), "size": queue.qsize()}
    except Exception:
        return {"full": False, "empty": True, "size": 0}


def drain(queue):
    values = []
    while True:
        try:
            values.append(queue.get_nowait())
        except Empty:
            return values
