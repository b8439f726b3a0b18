# gives: 0
import os
import signal
import time
from multiprocessing import Process


def wake(pid):
    time.sleep(0.4)
    os.kill(pid, signal.SIGCONT)


def stop():
    os.kill(os.getpid(), signal.SIGSTOP)


def go():
    stopped = Process(target=stop)
    stopped.start()
    waker = Process(target=wake, args=(stopped.pid,))
    waker.start()
    waker.join()
    stopped.join()
    return stopped.exitcode
