"""A thread helps to start, and to wait."""

import multiprocessing
import threading


def start_process(target):
    process = multiprocessing.Process(target=target)
    thread = threading.Thread(target=process.start)
    thread.start()
    thread.join()
    return process


def run_process(target):
    process = start_process(target)
    thread = threading.Thread(target=process.join)
    thread.start()
    thread.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
