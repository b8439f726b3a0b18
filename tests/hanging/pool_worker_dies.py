# hang: settled
# cause: pool_lost_a_task
# waits: pool worker 1 worker_task
# waits: pool worker 2 worker_task
import os
from multiprocessing import Pool


def work(number):
    if number == 1:
        os._exit(1)
    return number


def go():
    with Pool(2) as pool:
        return pool.map(work, [1, 2, 3])  # waits: main pool_result
