# hang: settled
# cause: stuck
from multiprocessing import Semaphore


def go():
    semaphore = Semaphore(1)
    semaphore.acquire()
    semaphore.acquire()  # waits: main semaphore
