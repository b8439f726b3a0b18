from multiprocessing import Process, Queue
from queue import Empty


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue, report):
    while True:
        try:
            value = queue.get_nowait()
        except Empty:
            return
        report(value)


def transfer(values, report):
    q = Queue()
    pw = Process(target=write_queue, args=(q, values))
    pr = Process(target=read_queue, args=(q, report))
    pw.start()
    pw.join()
    pr.start()
    pr.join()


def read_count(queue, count, report):
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    q = Queue()
    pw = Process(target=write_queue, args=(q, values))
    pr = Process(target=read_count, args=(q, len(values), report))
    pr.start()
    pw.start()
    pw.join()
    pr.join()
