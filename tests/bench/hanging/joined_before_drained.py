from multiprocessing import Process, Queue


def write(queue):
    for number in range(100_000):
        queue.put(number)


def go():
    queue = Queue()
    writer = Process(target=write, args=(queue,))
    writer.start()
    writer.join()
    return [queue.get() for _ in range(100_000)][-1]
