"""Asks to end more than once, and waits without a limit all the same."""

import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    while process.is_alive():
        process.terminate()
        process.join(0.2)
    process.join()
    return process.exitcode
