"""Daemons, which are waited for all the same."""

import multiprocessing
import threading


def run_in_processes(target, items):
    processes = [multiprocessing.Process(target=target, args=(item,), daemon=True) for item in items]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def run_in_threads(target, items):
    threads = [threading.Thread(target=target, args=(item,), daemon=True) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
