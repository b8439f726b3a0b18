# fails: check_drain_gives_all_in_order check_drain_values_may_count_as_false check_drain_takes_many
# fails: check_drain_leaves_the_queue_usable
# cause: lost_between
import multiprocessing
from queue import Empty, Full

def make_queue(size):
    # queue.Queue, from the other module, would only work between the threads of one process.
    return multiprocessing.Queue(size)

def try_put(queue, value):
    # First asking `queue.full()` and then putting would leave a gap in which somebody else can fill the last place:
    # better to try, and see.
    try:
        queue.put_nowait(value)
    except Full:
        return False
    return True

def try_get(queue, default=None):
    # Only the exception tells that the queue was empty. The value cannot: None and 0 are values, too.
    try:
        return queue.get_nowait()
    except Empty:
        return default

def queue_status(queue):
    return {"full": queue.full(), "empty": queue.empty(), "size": queue.qsize()}

def drain(queue):
    values = []
    while not queue.empty():
        if queue.get_nowait() is not None:
            try:
                values.append(queue.get_nowait())
            except Empty:
                pass
    return values
