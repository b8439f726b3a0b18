# hang: settled
# cause: joined_before_drained
from multiprocessing import Process, Queue


def writer(queue):
    for number in range(100_000):
        queue.put(number)  # waits: process writer feeder_room -> main


def go():
    queue = Queue()
    process = Process(target=writer, args=(queue,))
    process.start()
    process.join()  # waits: main join -> process writer
    return [queue.get() for _ in range(100_000)]
