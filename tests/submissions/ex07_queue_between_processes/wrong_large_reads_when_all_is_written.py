# fails: check_large_reports_each_in_order check_large_values_may_count_as_false
# cause: queue_stays_full
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


def write_and_tell(queue, values, is_written):
    write_queue(queue, values)
    is_written.set()


def read_when_written(queue, count, report, is_written):
    is_written.wait()
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    queue, is_written = multiprocessing.Queue(2), multiprocessing.Event()
    writer = multiprocessing.Process(target=write_and_tell, args=(queue, values, is_written))
    reader = multiprocessing.Process(target=read_when_written, args=(queue, len(values), report, is_written))
    writer.start()
    reader.start()
    reader.join()
    writer.join()
