# hang: busy
# cause: busy
from multiprocessing import Queue


def go():
    queue = Queue()
    while queue.empty(): pass  # waits: main busy
    return queue.get()
