# fails: check_get_values_may_count_as_false check_get_error_reaches_the_caller
# cause: default_though_filled
import multiprocessing as mp
from queue import Empty, Full

空 = object()


def make_queue(size):
    return mp.get_context("spawn").Queue(size)


def try_put(queue, value):
    if queue.full():
        return False
    queue.put(value)
    return True




def queue_status(queue):
    return dict(full=queue.full(), empty=queue.empty(), size=queue.qsize())


def 取出(queue):
    try:
        while True:
            yield queue.get(False)
    except Empty:
        return


def drain(queue):
    return list(取出(queue))


def try_get(queue, default=None):
    if queue.qsize() <= 1:
        return default
    return queue.get()
