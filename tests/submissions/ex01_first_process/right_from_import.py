"""The class imported by name."""

from multiprocessing import Process


def start_process(target):
    process = Process(target=target)
    process.start()
    return process


def run_process(target):
    process = Process(target=target)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
