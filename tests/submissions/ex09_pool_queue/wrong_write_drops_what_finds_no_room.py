# fails: check_write_waits_for_room
# cause: -
from queue import Full
import multiprocessing


def write_queue(queue, values):
    for value in values:
        try:
            queue.put(value, timeout=0.1)
        except Full:
            pass


def read_queue(queue):
    values = []
    while not queue.empty():
        value = queue.get()
        print("got", value)
        values.append(value)
    return values


def pool_transfer(values):
    manager = multiprocessing.Manager()
    queue = manager.Queue(5)
    pool = multiprocessing.Pool()
    result = pool.apply_async(write_queue, (queue, values))
    result.get()
    result = pool.apply_async(read_queue, (queue,))
    values = result.get()
    pool.close()
    pool.join()
    manager.shutdown()
    return values


if __name__ == "__main__":
    print(pool_transfer(["A", "B", "C"]))
