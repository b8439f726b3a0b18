import multiprocessing
import time
from queue import Empty, Full


def make_queue(size):
    print("making a queue for", size)
    q = multiprocessing.Queue(size)
    return q


def try_put(queue, value):
    print("put", value)
    if queue.full() == True:
        print("it is full!")
        return False
    else:
        queue.put(value)
        time.sleep(0.1)
        return True


def try_get(queue, default=None):
    try:
        return queue.get_nowait()
    except Empty:
        return default


def queue_status(queue):
    time.sleep(0.1)
    full = queue.full()
    empty = queue.empty()
    size = queue.qsize()
    print(full, empty, size)
    return {"full": full, "empty": empty, "size": size}


def drain(queue):
    lst = []
    time.sleep(0.1)
    print("there are", queue.qsize())
    while not queue.empty():
        value = queue.get()
        print("got", value)
        lst.append(value)
    return lst


if __name__ == "__main__":
    q = make_queue(3)
    for i in range(4):
        print(try_put(q, i))
    print(queue_status(q))
    print(drain(q))
