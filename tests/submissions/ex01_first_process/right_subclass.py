"""A subclass of Process with a run of its own."""

import multiprocessing


class Child(multiprocessing.Process):
    def __init__(self, job):
        super().__init__()
        self.job = job

    def run(self):
        self.job()


def start_process(target):
    process = Child(target)
    process.start()
    return process


def run_process(target):
    process = Child(target)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
