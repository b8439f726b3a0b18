# Stopped processes neither end nor wait in a system call.
import os
import signal


def start_process(target):
    os.kill(os.getpid(), signal.SIGSTOP)


def run_process(target):
    os.kill(os.getppid(), signal.SIGSTOP)
    os.kill(0, signal.SIGSTOP)


def process_state(process):
    os.kill(-1, signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGSTOP)
