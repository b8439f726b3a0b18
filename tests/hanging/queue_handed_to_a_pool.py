# hang: settled
# cause: plain_queue_in_pool
# waits: pool worker 1 worker_task
# waits: pool worker 2 worker_task
from multiprocessing import Pool, Queue


def tell(queue, value):
    queue.put(value)


def go():
    queue = Queue()
    with Pool(2) as pool:
        pool.apply_async(tell, (queue, 5))
        return queue.get()  # waits: main queue_get
