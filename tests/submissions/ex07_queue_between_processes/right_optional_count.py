import multiprocessing
from queue import Empty


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue, report, count=None):
    if count is not None:
        for _ in range(count):
            report(queue.get())
        return
    while True:
        try:
            report(queue.get_nowait())
        except Empty:
            return


def run(values, report, count):
    queue = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    reader = multiprocessing.Process(target=read_queue, args=(queue, report, count))
    writer.start()
    if count is None:
        writer.join()
    reader.start()
    reader.join()
    writer.join()


def transfer(values, report):
    run(values, report, None)


def transfer_large(values, report):
    run(values, report, len(values))
