# hang: settled
# cause: locked_twice
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Lock


def work(number):
    lock = Lock()
    lock.acquire()
    with lock:  # waits: pool worker 1 lock -> pool worker 1
        return number


def go():
    with ProcessPoolExecutor(max_workers=1) as executor:
        return list(executor.map(work, [1]))  # waits: main future_result -> pool worker 1
