# hang: settled
# cause: put_before_reader
# waits: pool worker 2 worker_task
import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)  # waits: pool worker 1 queue_put -> main


def read_queue(queue):
    return [queue.get() for _ in range(queue.qsize())]


def go():
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2) as pool:
        queue = manager.Queue(2)
        pool.apply(write_queue, (queue, [1, 2, 3]))  # waits: main pool_result -> pool worker 1
        return pool.apply(read_queue, (queue,))
