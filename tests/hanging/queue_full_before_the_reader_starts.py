# hang: settled
# cause: put_before_reader
from multiprocessing import Process, Queue


def read(queue):
    print(queue.get())


def go():
    queue = Queue(2)
    for value in range(3):
        queue.put(value)  # waits: main queue_put
    reader = Process(target=read, args=(queue,))
    reader.start()
    reader.join()
