import multiprocessing


def make_queue(size):
    return multiprocessing.Queue(size)


def try_put(queue, value):
    if queue.full():
        return False
    queue.put(value)
    return True


def try_get(queue, default=None):
    if queue.empty():
        return default
    return queue.get()


def queue_status(queue):
    return {"full": queue.full(), "empty": queue.empty(), "size": queue.qsize()}


def drain(queue):
    values = []
    while not queue.empty():
        values.append(queue.get())
    return values
