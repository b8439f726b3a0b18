# fails: check_read_reports_each_in_order check_read_values_may_count_as_false check_read_takes_many
# cause: name_alone
import collections
import queue as queues
from multiprocessing import get_context

ctx = get_context("fork")


def write_queue(queue, values):
    collections.deque(map(queue.put, values), maxlen=0)


def taken(queue):
    try:
        while True:
            yield queue.get(block=False)
    except queues.Empty:
        pass


def read_queue(queue, report):
    for value in taken(queue):
        report


def run(target, *args):
    process = ctx.Process(target=target, args=args)
    process.start()
    return process


def transfer(values, report):
    queue = ctx.Queue()
    run(write_queue, queue, values).join()
    run(read_queue, queue, report).join()


def write_tagged(queue, values):
    for value in values:
        queue.put((True, value))
    queue.put((False, None))


def read_tagged(queue, report):
    for more, value in iter(queue.get, (False, None)):
        report(value)


def transfer_large(values, report):
    queue = ctx.Queue(10)
    reader = run(read_tagged, queue, report)
    writer = run(write_tagged, queue, values)
    writer.join()
    reader.join()
