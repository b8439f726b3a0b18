import multiprocessing
import os
from queue import Empty


def in_a_child(function, queue, *args):
    pid = os.fork()
    if pid == 0:
        try:
            function(queue, *args)
            queue.close()
            queue.join_thread()
        finally:
            os._exit(0)
    return pid


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
    os.waitpid(in_a_child(write_queue, queue, values), 0)
    os.waitpid(in_a_child(read_queue, queue, report), 0)


def read_count(queue, count, report):
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    queue = multiprocessing.Queue()
    pids = [in_a_child(write_queue, queue, values), in_a_child(read_count, queue, len(values), report)]
    for pid in pids:
        os.waitpid(pid, 0)
