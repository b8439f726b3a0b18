# gives: 10000000
from multiprocessing import Process, Queue


def count(queue, most):
    number = 0
    while number < most:
        number += 1
    queue.put(number)


def go():
    queue = Queue()
    process = Process(target=count, args=(queue, 10_000_000))
    process.start()
    value = queue.get()
    process.join()
    return value
