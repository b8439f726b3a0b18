# gives: 7
import queue
import time
from multiprocessing import Process, Queue


def put_later(values):
    time.sleep(0.4)
    values.put(7)


def go():
    values = Queue()
    Process(target=put_later, args=(values,)).start()
    while True:
        try:
            return values.get(timeout=0.02)
        except queue.Empty:
            continue
