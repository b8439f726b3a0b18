"""Its own start method: spawn."""

import multiprocessing


def start_process(target):
    process = multiprocessing.get_context("spawn").Process(target=target)
    process.start()
    return process


def run_process(target):
    process = multiprocessing.get_context("spawn").Process(target=target)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
