# hang: settled
# cause: task_done_forgotten
from multiprocessing import JoinableQueue, Process


def consume(queue):
    while True:
        print(queue.get())  # waits: process consumer queue_get -> main


def go():
    queue = JoinableQueue()
    consumer = Process(target=consume, args=(queue,), name="consumer", daemon=True)
    consumer.start()
    for value in range(5):
        queue.put(value)
    queue.join()  # waits: main queue_join -> process consumer
