# hang: settled
# cause: queue_never_filled
from multiprocessing import Process, Queue


def read(queue, count):
    for _ in range(count + 1):
        queue.get()  # waits: process reader queue_get -> main


def go():
    queue = Queue()
    reader = Process(target=read, args=(queue, 3), name="reader")
    reader.start()
    for value in range(3):
        queue.put(value)
    reader.join()  # waits: main join -> process reader
