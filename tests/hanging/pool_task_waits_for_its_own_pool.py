# hang: settled
# cause: pool_waits_on_itself
from multiprocessing.pool import ThreadPool

POOL = None


def outer(number):
    return POOL.apply(abs, (number,))  # waits: thread worker pool_result -> thread worker


def go():
    global POOL
    POOL = ThreadPool(1)
    return POOL.map(outer, [1])  # waits: main pool_result -> thread worker
