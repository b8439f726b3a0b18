"""Joins for a moment, and again, until there is an exit code."""

import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    while process.exitcode is None:
        process.join(0.05)
    return process.exitcode
