"""Waits for the sentinel, then joins."""

import multiprocessing
from multiprocessing import connection


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    connection.wait([process.sentinel])
    process.join()
    return process.exitcode
