import multiprocessing as mp
import queue as queues


def make_queue(size):
    return mp.Queue(size)


def try_put(queue, value):
    try:
        queue.put(value, block=False)
        return True
    except queues.Full:
        return False


def try_get(queue, default=None):
    try:
        value = queue.get(False)
    except queues.Empty:
        value = default
    return value


def queue_status(queue):
    return {"full": queue.full(), "empty": queue.empty(), "size": queue.qsize()}


def drain(queue):
    result = []
    try:
        while True:
            result.append(queue.get(block=False))
    except queues.Empty:
        pass
    return result
