# fails: check_large_ends_without_values
# cause: nobody_sends
# verdict: stuck
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


def send_all(pipe, values):
    for value in values:
        pipe.send(value)


def receive(pipe, count, report):
    report(pipe.recv())
    for _ in range(count - 1):
        report(pipe.recv())


def transfer_large(values, report):
    ours, theirs = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.Process(target=send_all, args=(theirs, values))
    reader = multiprocessing.Process(target=receive, args=(ours, len(values), report))
    writer.start()
    reader.start()
    reader.join()
    writer.join()
