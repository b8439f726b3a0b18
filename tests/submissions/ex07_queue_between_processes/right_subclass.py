import multiprocessing
from queue import Empty


class Writer(multiprocessing.Process):
    def __init__(self, queue, values):
        super().__init__()
        self.queue = queue
        self.values = values

    def run(self):
        write_queue(self.queue, self.values)


class Reader(multiprocessing.Process):
    def __init__(self, queue, report, count=None):
        super().__init__()
        self.queue, self.report, self.count = queue, report, count

    def run(self):
        if self.count is None:
            read_queue(self.queue, self.report)
        else:
            read_count(self.queue, self.count, self.report)


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
    for process in (Writer(queue, values), Reader(queue, report)):
        process.start()
        process.join()


def read_count(queue, count, report):
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    queue = multiprocessing.Queue()
    processes = [Writer(queue, values), Reader(queue, report, len(values))]
    for process in processes:
        process.start()
    for process in reversed(processes):
        process.join()
    # read_count
