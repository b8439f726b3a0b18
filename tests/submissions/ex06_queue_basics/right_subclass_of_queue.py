import multiprocessing
import multiprocessing.queues
from queue import Empty, Full


class SmallQueue(multiprocessing.queues.Queue):
    def __init__(self, size):
        super().__init__(size, ctx=multiprocessing.get_context())


def make_queue(size):
    return SmallQueue(size)


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
            values.append(queue.get_nowait())
        except Empty:
            return values
