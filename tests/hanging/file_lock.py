# hang: settled
# cause: child_never_ends
import fcntl
from multiprocessing import Process


def work():
    with open("lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # waits: process work file_lock -> main


def go():
    with open("lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        process = Process(target=work)
        process.start()
        process.join()  # waits: main join -> process work
