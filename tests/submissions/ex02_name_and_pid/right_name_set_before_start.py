"""The name is set later, but still before the start."""

import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target)
    process.name = name
    process.start()
    return process


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
