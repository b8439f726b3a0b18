"""Asks without a pause, and counts down those that have ended."""

import multiprocessing
import threading


def run_in_processes(target, items):
    left = len(items)
    processes = [None] * left
    for i in range(left):
        processes[i] = multiprocessing.Process(target=target, args=(items[i],))
        processes[i].start()
    while left > 0:
        for i in range(len(processes)):
            if processes[i] is not None and not processes[i].is_alive():
                processes[i].join()
                processes[i] = None
                left -= 1


def run_in_threads(target, items):
    left = len(items)
    threads = [None] * left
    for i in range(left):
        threads[i] = threading.Thread(target=target, args=(items[i],))
        threads[i].start()
    while left > 0:
        for i in range(len(threads)):
            if threads[i] is not None and not threads[i].is_alive():
                threads[i].join()
                threads[i] = None
                left -= 1


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
