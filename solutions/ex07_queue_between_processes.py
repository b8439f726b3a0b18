"""Exercise 7, solved: a queue between two processes (section 7.10).

练习 7 的参考答案：两个进程之间的队列（7.10 节）。
"""

import multiprocessing
from queue import Empty


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue, report):
    # 'Empty' means 'finished' only because the writer has ended before. While a writer is still at work, an empty
    # queue may just be a reader that is too fast.
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
    # Joining a writer before anybody reads goes well only as long as the pipe has room for everything.
    writer.join()

    reader = multiprocessing.Process(target=read_queue, args=(queue, report))
    reader.start()
    reader.join()


def read_count(queue, count, report):
    # Here the queue can be empty at any moment without being finished, so `get` waits. How many values there are is
    # known, which needs no special value to mark the end.
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    queue = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    reader = multiprocessing.Process(target=read_count, args=(queue, len(values), report))
    writer.start()
    reader.start()
    # The reader first: it makes the room that the writer needs in order to end.
    reader.join()
    # If the reader broke down in the middle, nobody makes room any more, and the writer would wait for ever.
    if reader.exitcode != 0:
        writer.terminate()
    writer.join()
