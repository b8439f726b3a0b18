# hang: settled
# cause: raised_in_child
from multiprocessing import Process, Queue


def write(queue):
    queue.put(1 / 0)


def go():
    queue = Queue()
    process = Process(target=write, args=(queue,))
    process.start()
    value = queue.get()  # waits: main queue_get
    process.join()
    return value
