# hang: settled
# cause: only_threads_could
import threading
from multiprocessing import Process

done = threading.Event()


def work():
    done.set()


def go():
    process = Process(target=work)
    process.start()
    done.wait()  # waits: main event
    process.join()
