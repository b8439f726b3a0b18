import multiprocessing
import os
import time
from queue import Empty


def write_queue(queue, values):
    print("writer", os.getpid())
    for v in values:
        print("put", str(v)[:20])
        queue.put(v)
    time.sleep(0.1)


def read_queue(queue, report):
    print("reader", os.getpid())
    time.sleep(0.1)
    while True:
        if queue.empty() == False:
            v = queue.get()
            print("got", str(v)[:20])
            report(v)
        else:
            print("empty")
            break


def transfer(values, report):
    print("main", os.getpid(), len(values))
    q = multiprocessing.Queue()
    p1 = multiprocessing.Process(target=write_queue, args=(q, values), name="writer")
    p1.start()
    p1.join()
    time.sleep(0.1)
    print("written")
    p2 = multiprocessing.Process(target=read_queue, args=(q, report), name="reader")
    p2.start()
    p2.join()
    print("done")


def read_count(queue, count, report):
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    queue = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    reader = multiprocessing.Process(target=read_count, args=(queue, len(values), report))
    writer.start()
    reader.start()
    reader.join()
    writer.join()


if __name__ == "__main__":
    transfer([1, 2, 3], print)
    transfer_large([1, 2, 3], print)
