"""Joins whatever children there are."""

import multiprocessing
import threading


def run_in_processes(target, items):
    for item in items:
        multiprocessing.Process(target=target, args=(item,)).start()
    for process in multiprocessing.active_children():
        process.join()


def run_in_threads(target, items):
    threads = [threading.Thread(target=target, args=(item,)) for item in items]
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
