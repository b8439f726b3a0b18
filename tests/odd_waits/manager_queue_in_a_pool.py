# gives: [0, 1, 2]
import time
from multiprocessing import Manager, Pool


def put_later(queue, count):
    for number in range(count):
        time.sleep(0.15)
        queue.put(number)


def go():
    with Manager() as manager, Pool(2) as pool:
        queue = manager.Queue(1)
        result = pool.apply_async(put_later, (queue, 3))
        values = [queue.get() for _ in range(3)]
        result.get()
        return values
