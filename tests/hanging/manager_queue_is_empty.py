# hang: settled
# cause: queue_never_filled
from multiprocessing import Manager


def go():
    with Manager() as manager:
        queue = manager.Queue(5)
        return queue.get()  # waits: main queue_get
