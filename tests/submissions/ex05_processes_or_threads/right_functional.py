"""One expression after the other."""

import multiprocessing
import threading
from operator import methodcaller


def each(name, workers):
    return [(methodcaller(name)(worker), worker)[1] for worker in workers]


def run(workers):
    each("join", each("start", workers))


def run_in_processes(target, items):
    run(multiprocessing.Process(target=target, args=(item,)) for item in items)


def run_in_threads(target, items):
    run(threading.Thread(target=target, args=(item,)) for item in items)


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
