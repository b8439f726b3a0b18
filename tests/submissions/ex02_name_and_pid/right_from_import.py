"""The class imported by name, all by position."""

import multiprocessing
import os
import signal
from multiprocessing import Process


def start_named_process(name, target):
    process = Process(None, target, name)
    process.start()
    return process


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
