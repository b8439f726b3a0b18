# fails: check_large_reports_each_in_order check_large_values_may_count_as_false check_large_ends_without_values check_large_writes_in_a_child check_large_reads_in_a_child check_large_runs_both_at_the_same_time check_large_waits_for_a_slow_writer check_large_joins_both check_large_reports_the_values_of_each_call
# cause: not_written
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
    raise NotImplementedError("transfer_large is still to be written")
