import multiprocessing
from multiprocessing.queues import Empty, Full


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
    status = dict()
    status["size"] = queue.qsize()
    status["empty"] = queue.qsize() == 0
    status["full"] = queue.full()
    return status


def drain(queue):
    return [queue.get() for _ in range(queue.qsize())]
