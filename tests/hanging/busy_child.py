# hang: busy
# cause: busy
from multiprocessing import Process


def count():
    while True: pass  # waits: process count busy


def go():
    process = Process(target=count)
    process.start()
    process.join()  # waits: main join -> process count
