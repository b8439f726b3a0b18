import multiprocessing
from queue import Empty, Full


def make_queue(size):
    return multiprocessing.Queue(size)


def try_put(queue, value):
    try:
        queue.put_nowait(value)
    except Exception as error:
        if not isinstance(error, Full):
            raise
        return False
    return True


def try_get(queue, default=None):
    result = default
    try:
        result = queue.get_nowait()
    except Empty:
        pass
    finally:
        print("tried")
    return result


def queue_status(queue):
    return {"full": queue.full(), "empty": queue.empty(), "size": queue.qsize()}


def drain(queue):
    values = []
    while True:
        try:
            values.append(queue.get_nowait())
        except Empty:
            return values
