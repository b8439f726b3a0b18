"""A subclass of Process with a run of its own."""

import multiprocessing
import os
import signal


class Child(multiprocessing.Process):
    def __init__(self, name, job):
        super().__init__(name=name)
        self.job = job

    def run(self):
        self.job()


def start_named_process(name, target):
    process = Child(name, target)
    process.start()
    return process


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
