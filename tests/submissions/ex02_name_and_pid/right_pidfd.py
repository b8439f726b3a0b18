"""Sends the signal through a descriptor of the process."""

import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    process = os.pidfd_open(pid)
    signal.pidfd_send_signal(process, signal.SIGKILL)
    os.close(process)
