"""Returns what is not asked for."""

import multiprocessing
import threading


def run_in_processes(target, items):
    processs = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    for process in processs:
        process.start()
    for process in processs:
        process.join()
    return len(items)


def run_in_threads(target, items):
    threads = [threading.Thread(target=target, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [None for _ in items]


def run_jobs(kind, target, items):
    if kind == "cpu":
        return run_in_processes(target, items)
    elif kind == "io":
        return run_in_threads(target, items)
    else:
        raise ValueError(kind)
