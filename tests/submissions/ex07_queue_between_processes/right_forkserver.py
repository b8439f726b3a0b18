import multiprocessing
from queue import Empty

context = multiprocessing.get_context("forkserver")


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
    queue = context.Queue()
    writer = context.Process(target=write_queue, args=(queue, values))
    writer.start()
    writer.join()
    reader = context.Process(target=read_queue, args=(queue, report))
    reader.start()
    reader.join()


def read_count(queue, count, report):
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    queue = context.Queue()
    writer = context.Process(target=write_queue, args=(queue, values))
    reader = context.Process(target=read_count, args=(queue, len(values), report))
    writer.start()
    reader.start()
    reader.join()
    writer.join()
