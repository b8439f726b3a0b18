# hang: asleep
# cause: asleep
import time
from multiprocessing import Process


def work():
    time.sleep(1000)  # waits: process work sleep 1000


def go():
    process = Process(target=work)
    process.start()
    process.join()  # waits: main join -> process work
