# hang: settled
# cause: queue_never_filled
from multiprocessing import Queue


def go():
    queue = Queue()
    return queue.get()  # waits: main queue_get
