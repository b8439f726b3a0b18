"""Pickles each value to see how large it is, before it is put into the queue."""

import pickle
from multiprocessing import Process, Queue


def write_queue(queue, values):
    for value in values:
        print("writing", len(pickle.dumps(value)), "bytes")
        queue.put(value)


def read_queue(queue, report):
    while not queue.empty():
        report(queue.get())


def transfer(values, report):
    queue = Queue()
    for target, argument in ((write_queue, values), (read_queue, report)):
        process = Process(target=target, args=(queue, argument))
        process.start()
        process.join()


def read_count(queue, count, report):
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    queue = Queue()
    writer = Process(target=write_queue, args=(queue, values))
    reader = Process(target=read_count, args=(queue, len(values), report))
    writer.start()
    reader.start()
    writer.join()
    reader.join()
