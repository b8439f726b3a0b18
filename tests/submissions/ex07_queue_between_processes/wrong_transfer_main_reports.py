# fails: check_transfer_reads_in_a_child check_transfer_joins_the_reader
# cause: ran_in_your_process
import multiprocessing
from queue import Empty


def pass_on(queue, results):
    values = []
    while not queue.empty():
        values.append(queue.get())
    results.put(values)


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
    queue, results = multiprocessing.Queue(), multiprocessing.Queue()
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    writer.start()
    writer.join()
    reader = multiprocessing.Process(target=pass_on, args=(queue, results))
    reader.start()
    for value in results.get():
        report(value)
    reader.join()


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
