# hang: settled
# cause: lock_never_released
from multiprocessing import Lock, Process


def work(lock):
    lock.acquire()  # waits: process work lock
    print("done")


def go():
    lock = Lock()
    for _ in range(2):
        process = Process(target=work, args=(lock,))
        process.start()
        process.join()  # waits: main join -> process work
