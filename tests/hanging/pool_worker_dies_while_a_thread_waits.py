# hang: settled
# cause: pool_lost_a_task
# waits: pool worker worker_task
import os
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool


def go():
    def ask():
        return pool.apply(os._exit, (3,))  # waits: thread worker pool_result

    with Pool(1) as pool, ThreadPoolExecutor(1) as threads:
        return threads.submit(ask).result()  # waits: main future_result -> thread worker
