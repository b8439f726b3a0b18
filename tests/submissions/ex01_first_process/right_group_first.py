"""The target by position, after the group."""

import multiprocessing


def start_process(target):
    process = multiprocessing.Process(None, target)
    process.start()
    return process


def run_process(target):
    process = multiprocessing.Process(None, target)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
