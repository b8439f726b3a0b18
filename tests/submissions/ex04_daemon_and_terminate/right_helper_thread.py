"""A thread waits, and the function waits for the thread."""

import multiprocessing
import threading


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    waiter = threading.Thread(target=process.join)
    waiter.start()
    waiter.join()
    return process.exitcode
