# hang: settled
# cause: queue_never_filled
from multiprocessing import Process, Queue


def consume(queue):
    while queue.get() is not None:  # waits: process second queue_get -> main
        pass


def go():
    queue = Queue()
    first = Process(target=consume, args=(queue,), name="first")
    first.start()
    queue.put(None)
    first.join()
    second = Process(target=consume, args=(queue,), name="second")
    second.start()
    second.join()  # waits: main join -> process second
