import multiprocessing
from queue import Empty


def read_while_writing(queue, report, written):
    while not written.is_set():
        read_queue(queue, report)
        written.wait(0.01)
    read_queue(queue, report)


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
    queue = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    writer.start()
    writer.join()
    reader = multiprocessing.Process(target=read_queue, args=(queue, report))
    reader.start()
    reader.join()


def transfer_large(values, report):
    queue = multiprocessing.Queue()
    written = multiprocessing.Event()
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    reader = multiprocessing.Process(target=read_while_writing, args=(queue, report, written))
    writer.start()
    reader.start()
    writer.join()
    written.set()
    reader.join()
