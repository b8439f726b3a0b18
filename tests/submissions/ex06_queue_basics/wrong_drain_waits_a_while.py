# fails: check_drain_does_not_wait
# cause: waits_for_the_queue
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
    while True:
        try:
            values.append(queue.get(timeout=0.5))
        except Empty:
            return values
