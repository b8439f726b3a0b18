# hang: settled
# cause: task_never_ends
# waits: pool worker 2 worker_task
import signal
from multiprocessing import Pool


def work(number):
    if number == 1:
        signal.pause()  # waits: pool worker 1 signal
    return number


def go():
    pool = Pool(2)
    results = [pool.apply_async(work, (number,)) for number in (1, 2)]
    return [result.get() for result in results]  # waits: main pool_result -> pool worker 1
