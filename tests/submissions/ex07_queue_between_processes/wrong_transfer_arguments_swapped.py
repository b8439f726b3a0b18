# fails: check_transfer_reports_each_in_order check_transfer_values_may_count_as_false check_transfer_takes_many check_transfer_writes_in_a_child check_transfer_reads_in_a_child check_transfer_joins_the_writer_before_reading check_transfer_joins_the_reader check_transfer_ends_without_values check_transfer_leaves_no_process check_transfer_reports_the_values_of_each_call
# cause: raised_in_child
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
    writer = multiprocessing.Process(target=write_queue, args=(values, queue))
    writer.start()
    writer.join()
    reader = multiprocessing.Process(target=read_queue, args=(queue, report))
    reader.start()
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
