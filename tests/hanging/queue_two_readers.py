# hang: settled
# cause: queue_never_filled
import multiprocessing


def consume(queue):
    queue.get()  # waits: process a queue_get -> main; process b queue_get -> main


def go():
    queue = multiprocessing.Queue()
    readers = [multiprocessing.Process(target=consume, args=(queue,), name=name) for name in "ab"]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()  # waits: main join -> process a
