# fails: check_write_puts_each_in_order check_write_values_may_count_as_false check_write_waits_for_room check_write_puts_nothing_without_values check_read_reports_each_in_order check_read_values_may_count_as_false check_read_takes_many check_read_reports_nothing_of_an_empty_queue check_read_leaves_the_queue_empty check_large_values_may_count_as_false check_write_puts_the_values_of_each_call
# cause: action_never_called value_too_much waits_for_a_value
# verdict: stuck
import multiprocessing
from queue import Empty


def write_queue(queue, values):
    for value in values:
        queue.put(value)
    queue.put(None)


def read_queue(queue, report):
    while True:
        value = queue.get()
        if value is None:
            break
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
    writer = multiprocessing.Process(target=write_queue, args=(queue, values))
    reader = multiprocessing.Process(target=read_queue, args=(queue, report))
    writer.start()
    reader.start()
    reader.join()
    writer.join()
