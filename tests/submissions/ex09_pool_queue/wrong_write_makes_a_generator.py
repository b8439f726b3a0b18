# fails: check_write_puts_each_value_in_order check_write_values_may_count_as_false check_write_puts_any_number_of_values check_write_waits_for_room
# cause: lazy_alone
import queue as queues
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

ctx = get_context("fork")


def write_queue(queue, values):
    (queue.put(value) for value in values)


def everything(queue):
    while True:
        try:
            yield queue.get(block=False)
        except queues.Empty:
            return


def read_queue(queue):
    return [*everything(queue)]


def pool_transfer(values):
    with ctx.Manager() as manager, ProcessPoolExecutor(2) as executor:
        queue = manager.Queue(5)
        executor.submit(write_queue, queue, values).result()
        return executor.submit(read_queue, queue).result()
