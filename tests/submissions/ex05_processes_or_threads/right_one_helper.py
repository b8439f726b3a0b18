"""One function for both, which is given the class."""

import multiprocessing
import threading


def run_all(kind, target, items):
    workers = [kind(target=target, args=(item,)) for item in items]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def run_in_processes(target, items):
    run_all(multiprocessing.Process, target, items)


def run_in_threads(target, items):
    run_all(threading.Thread, target, items)


def run_jobs(kind, target, items):
    if kind not in ("cpu", "io"):
        raise ValueError(f"unknown kind: {kind}")
    run_all(multiprocessing.Process if kind == "cpu" else threading.Thread, target, items)
