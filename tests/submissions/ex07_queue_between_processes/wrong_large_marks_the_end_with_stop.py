# fails: check_large_values_may_count_as_false
# cause: action_never_called
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


def write_and_mark(queue, values):
    write_queue(queue, values)
    queue.put("STOP")


def read_to_the_mark(queue, report):
    while (value := queue.get()) != "STOP":
        report(value)


def transfer_large(values, report):
    queue = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write_and_mark, args=(queue, values))
    reader = multiprocessing.Process(target=read_to_the_mark, args=(queue, report))
    writer.start()
    reader.start()
    reader.join()
    writer.join()
