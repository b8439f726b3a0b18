# hang: settled
# cause: child_never_ends
import os
import signal
from multiprocessing import Process


def stop():
    os.kill(os.getpid(), signal.SIGSTOP)  # waits: process stop stopped


def go():
    process = Process(target=stop)
    process.start()
    process.join()  # waits: main join -> process stop
