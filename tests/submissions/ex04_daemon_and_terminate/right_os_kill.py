"""Sends the signal itself, to a process that is still alive."""

import multiprocessing
import os
import signal


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    if process.exitcode is None:
        os.kill(process.pid, signal.SIGTERM)
        process.join()
    return process.exitcode
