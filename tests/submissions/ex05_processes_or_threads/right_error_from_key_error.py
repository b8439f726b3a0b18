"""Turns one exception into another."""

import multiprocessing
import threading


def run_in_processes(target, items):
    processes = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def run_in_threads(target, items):
    threads = [threading.Thread(target=target, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_jobs(kind, target, items):
    try:
        runner = {"cpu": run_in_processes, "io": run_in_threads}[kind]
    except KeyError as error:
        raise ValueError("cpu or io") from error
    runner(target, items)
