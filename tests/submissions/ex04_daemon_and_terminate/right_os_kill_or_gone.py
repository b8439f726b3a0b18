"""Sends the signal itself; that nobody is there any more does not matter."""

import multiprocessing
import os


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    try:
        os.kill(process.pid, 15)
    except ProcessLookupError:
        pass
    process.join()
    return process.exitcode
