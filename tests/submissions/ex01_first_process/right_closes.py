"""Closes the process after the wait."""

import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    process = start_process(target)
    process.join()
    code = process.exitcode
    process.close()
    return code


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
