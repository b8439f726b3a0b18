# hang: asleep
# cause: asleep
from multiprocessing import Queue


def go():
    queue = Queue()
    return queue.get(timeout=600)  # waits: main queue_get 600
