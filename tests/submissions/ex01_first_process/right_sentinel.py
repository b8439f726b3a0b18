"""Waits for the sentinel before it joins."""

import multiprocessing
import multiprocessing.connection


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    process = start_process(target)
    multiprocessing.connection.wait([process.sentinel])
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"
