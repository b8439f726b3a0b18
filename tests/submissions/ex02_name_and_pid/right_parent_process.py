"""Asks multiprocessing for everything that it knows."""

import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    process = multiprocessing.current_process()
    parent = multiprocessing.parent_process()
    return (process.name, process.pid, parent.pid if parent else os.getppid())


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
