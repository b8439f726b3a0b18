"""Asks again and again whether it has ended."""

import multiprocessing
import time


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    while process.is_alive():
        time.sleep(0.01)
    return process.exitcode
