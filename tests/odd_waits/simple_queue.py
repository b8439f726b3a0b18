# gives: [0, 1, 2]
import time
from multiprocessing import Process, SimpleQueue


def work(queue):
    for number in range(3):
        time.sleep(0.15)
        queue.put(number)
    queue.put(None)


def go():
    queue = SimpleQueue()
    process = Process(target=work, args=(queue,))
    process.start()
    values = list(iter(queue.get, None))
    process.join()
    return values
