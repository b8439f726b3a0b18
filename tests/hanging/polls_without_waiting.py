# hang: settled
# cause: polls_in_vain
import time
from multiprocessing import Process, Queue
from queue import Empty


def read(queue):
    misses = 0
    while True:
        try:
            value = queue.get_nowait()
        except Empty:
            misses += 1
            time.sleep(0.05)  # waits: process read poll_loop
            continue
        print(value)


def go():
    queue = Queue()
    process = Process(target=read, args=(queue,))
    process.start()
    process.join()  # waits: main join -> process read
