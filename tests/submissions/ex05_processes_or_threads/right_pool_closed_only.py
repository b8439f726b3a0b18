"""A pool that is closed and not joined, after all results are there."""

import multiprocessing
import threading


def run_in_processes(target, items):
    if not items:
        return
    pool = multiprocessing.Pool(processes=len(items))
    pool.map_async(target, items, chunksize=1).wait()
    pool.close()


def run_in_threads(target, items):
    threads = [threading.Thread(target=target, args=(item,)) for item in items]
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
