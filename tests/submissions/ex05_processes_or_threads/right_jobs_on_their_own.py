"""run_jobs does it all itself."""

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
    if kind == "cpu":
        workers = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    elif kind == "io":
        workers = [threading.Thread(target=target, args=(item,)) for item in items]
    else:
        raise ValueError(kind)
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
