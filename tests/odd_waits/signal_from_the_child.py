# gives: told
import os
import signal
import time
from multiprocessing import Process


def tell(pid):
    time.sleep(0.4)
    os.kill(pid, signal.SIGUSR1)


def go():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    process = Process(target=tell, args=(os.getpid(),))
    process.start()
    number = signal.sigwait([signal.SIGUSR1])
    process.join()
    return "told" if number == signal.SIGUSR1 else number
