# hang: settled
# cause: waits_with_the_lock
from multiprocessing import Manager, Process


def work(lock):
    with lock:  # waits: process work lock -> main
        print("mine")


def go():
    with Manager() as manager:
        lock = manager.Lock()
        with lock:
            process = Process(target=work, args=(lock,))
            process.start()
            process.join()  # waits: main join -> process work
