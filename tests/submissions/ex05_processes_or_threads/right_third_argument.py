"""One of the two does the work of the other, too: which kind it is to make is a third argument."""

from multiprocessing import Process
from threading import Thread


def run_in_threads(target, items, make=Thread):
    units = [make(target=target, args=(item,)) for item in items]
    for unit in units:
        unit.start()
    for unit in units:
        unit.join()


def run_in_processes(target, items):
    run_in_threads(target, items, make=Process)


def run_jobs(kind, target, items):
    makers = {"cpu": Process, "io": Thread}
    if kind not in makers:
        raise ValueError(f"unknown kind: {kind!r}")
    run_in_threads(target, items, make=makers[kind])
