# hang: settled
# cause: locked_twice
import threading

lock = threading.Lock()


def helper():
    with lock:  # waits: main lock -> main
        return 1


def go():
    with lock:
        return helper()
