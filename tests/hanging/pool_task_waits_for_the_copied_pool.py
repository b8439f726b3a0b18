# hang: settled
# cause: pool_waits_on_itself
# method: fork
# waits: pool worker 1 worker_task
from multiprocessing import Pool

pool = None


def double(number):
    return number * 2


def add_up(number):
    return sum(pool.map(double, range(number)))  # waits: pool worker 2 pool_result


def go():
    global pool
    pool = Pool(1)
    second = Pool(1)
    return second.map(add_up, [3])  # waits: main pool_result -> pool worker 2
