"""Its own start method: fork."""

import multiprocessing


def start_process(target):
    process = multiprocessing.get_context("fork").Process(target=target)
    process.start()
    return process


def run_process(target):
    process = multiprocessing.get_context("fork").Process(target=target)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
