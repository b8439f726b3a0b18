# hang: settled
# cause: locked_twice
from multiprocessing import Manager


def go():
    manager = Manager()
    lock = manager.Lock()
    lock.acquire()
    lock.acquire()  # waits: main lock -> main
