"""Pools that are given one job after the other, closed and joined."""

import multiprocessing
import multiprocessing.pool


def run_in_processes(target, items):
    pool = multiprocessing.Pool(len(items) or 1)
    for item in items:
        pool.apply_async(target, (item,))
    pool.close()
    pool.join()


def run_in_threads(target, items):
    pool = multiprocessing.pool.ThreadPool(len(items) or 1)
    results = [pool.apply_async(target, (item,)) for item in items]
    for result in results:
        result.get()


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
