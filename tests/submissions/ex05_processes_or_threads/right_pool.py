"""Pools, of processes and of threads."""

import multiprocessing
from multiprocessing.pool import ThreadPool


def run_in_processes(target, items):
    if items:
        with multiprocessing.Pool(len(items)) as pool:
            pool.map(target, items, chunksize=1)


def run_in_threads(target, items):
    if items:
        with ThreadPool(len(items)) as pool:
            pool.map(target, items, chunksize=1)


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
