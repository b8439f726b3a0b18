"""Asks again and again whether the child has ended."""

import multiprocessing
import time


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    process = start_process(target)
    while process.is_alive():
        time.sleep(0.01)
    return process.exitcode


def process_state(process):
    if process.pid is None:
        return "new"
    return "running" if process.exitcode is None else "dead"
