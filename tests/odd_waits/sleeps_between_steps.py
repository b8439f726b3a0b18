# gives: [0, 1, 4]
import time
from multiprocessing import Process, Queue


def work(queue):
    for number in range(3):
        time.sleep(0.15)
        queue.put(number * number)


def go():
    queue = Queue()
    process = Process(target=work, args=(queue,))
    process.start()
    time.sleep(0.3)
    values = [queue.get() for _ in range(3)]
    process.join()
    return values
