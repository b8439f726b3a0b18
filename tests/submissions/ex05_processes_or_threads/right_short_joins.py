"""Joins for a moment, and again."""

import multiprocessing
import threading


def run_in_processes(target, items):
    processes = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    for process in processes:
        while process.is_alive():
            process.join(0.05)


def run_in_threads(target, items):
    threads = [threading.Thread(target=target, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(timeout=0.05)


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
