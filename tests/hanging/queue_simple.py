# hang: settled
# cause: queue_never_filled
from multiprocessing import SimpleQueue


def go():
    queue = SimpleQueue()
    return queue.get()  # waits: main queue_get
