import multiprocessing
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
    queue = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    writer.start()
    writer.join()
    reader = multiprocessing.Process(target=read_queue, args=(queue, report))
    reader.start()
    reader.join()


def transfer_large(values, report):
    queue = multiprocessing.Queue()
    done = multiprocessing.Value("b", 0)
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    reader = multiprocessing.Process(target=read_until_done, args=(queue, report, done))
    writer.start()
    reader.start()
    writer.join()
    done.value = 1
    reader.join()


def read_until_done(queue, report, done):
    while True:
        finished = done.value
        try:
            report(queue.get(timeout=0.1))
        except Empty:
            if finished:
                return
