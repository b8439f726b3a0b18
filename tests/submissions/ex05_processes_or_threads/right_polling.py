"""Asks again and again who is still alive."""

import multiprocessing
import threading
import time


def run_in_processes(target, items):
    processes = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):
        time.sleep(0.01)


def run_in_threads(target, items):
    threads = [threading.Thread(target=target, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.01)


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
