# fails: check_put_adds_the_value_at_the_end
# cause: -
import multiprocessing
from queue import Empty
from queue import Full


def make_queue(size):
    return multiprocessing.Queue(size)


def try_put(queue, value):
    try:
        if isinstance(value, list):
            for each in value:
                queue.put_nowait(each)
        else:
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
    return {'full': queue.full(), 'empty': queue.empty(), 'size': queue.qsize()}


def drain(queue):
    values = []
    while True:
        try:
            values.append(queue.get_nowait())
        except Empty:
            return values
