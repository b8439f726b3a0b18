# A process of its own session, that nobody waits for and no signal but SIGKILL ends.
import os
import signal
import time


def leave():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in range(1, 65):
                if number not in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
                    signal.signal(number, signal.SIG_IGN)
            while True:
                time.sleep(1)
        os._exit(0)
    os.wait()


def start_process(target):
    leave()


def run_process(target):
    return 99


def process_state(process):
    leave()
    return "left"
