# gives: 40
import queue
import time
from multiprocessing import Queue


def go():
    values, tries = Queue(), 0
    while tries < 40:
        try:
            return values.get_nowait()
        except queue.Empty:
            time.sleep(0.01)
            tries += 1
    return tries
