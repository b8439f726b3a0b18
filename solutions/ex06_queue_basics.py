"""Exercise 6, solved: a queue (sections 7.8 and 7.9).

练习 6 的参考答案：队列（7.8、7.9 节）。
"""

import multiprocessing

# The exceptions live in the module `queue`; the functions below have a parameter of that name.
from queue import Empty, Full


def make_queue(size):
    # queue.Queue, from the other module, would only work between the threads of one process.
    return multiprocessing.Queue(size)


def try_put(queue, value):
    # First asking `queue.full()` and then putting would leave a gap in which somebody else can fill the last place:
    # better to try, and see.
    try:
        queue.put_nowait(value)
    except Full:
        return False
    return True


def try_get(queue, default=None):
    # Only the exception tells that the queue was empty. The value cannot: None and 0 are values, too.
    try:
        return queue.get_nowait()
    except Empty:
        return default


def queue_status(queue):
    return {"full": queue.full(), "empty": queue.empty(), "size": queue.qsize()}


def drain(queue):
    # What a process that has ended had put in is all there: a process does not end before its queue has taken
    # everything. What this process itself has just put in may still be on its way, and would be missed.
    values = []
    while True:
        try:
            values.append(queue.get_nowait())
        except Empty:
            return values
