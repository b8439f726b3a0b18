# hang: settled
# cause: polls_in_vain
import queue
import multiprocessing


def go():
    values = multiprocessing.Queue()
    while True:
        try:
            return values.get(timeout=0.01)  # waits: main poll_loop
        except queue.Empty:
            continue
