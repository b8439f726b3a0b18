"""What runs is among the children that multiprocessing knows of; what has no PID has not been started."""

import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    process = start_process(target)
    process.join()
    return process.exitcode


def process_state(process):
    if process in multiprocessing.active_children():
        return "running"
    return "new" if process.pid is None else "dead"
