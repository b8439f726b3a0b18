# gives: -14
import signal
from multiprocessing import Process


def work():
    signal.setitimer(signal.ITIMER_REAL, 0.4)
    signal.pause()


def go():
    process = Process(target=work)
    process.start()
    process.join()
    return process.exitcode
