"""The classes themselves imported, backwards through the list."""

from multiprocessing import Process
from threading import Thread


def run_in_processes(target, items):
    processes = [Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    for process in reversed(processes):
        process.join()


def run_in_threads(target, items):
    threads = [Thread(target=target, args=(item,)) for item in items]
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
