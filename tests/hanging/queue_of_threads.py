# hang: settled
# cause: queue_never_filled
import queue
import threading


def consume(values):
    while True:
        values.get()  # waits: thread consume queue_get -> main


def go():
    values = queue.Queue()
    thread = threading.Thread(target=consume, args=(values,))
    thread.start()
    values.put(1)
    thread.join()  # waits: main thread_join -> thread consume
