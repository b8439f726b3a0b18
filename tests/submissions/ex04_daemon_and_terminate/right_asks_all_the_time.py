# under: fork, forkserver
"""Asks to end again and again, without a pause, until the process has ended."""

import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    while process.is_alive():
        process.terminate()
    return process.exitcode
