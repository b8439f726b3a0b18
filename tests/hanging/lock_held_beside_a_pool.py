# hang: settled
# cause: waits_with_the_lock
import threading
from multiprocessing.pool import ThreadPool

lock = threading.Lock()


def work(number):
    with lock:  # waits: thread worker lock -> main
        return number


def go():
    with ThreadPool(1) as pool, lock:
        return pool.apply(work, (1,))  # waits: main pool_result -> thread worker
