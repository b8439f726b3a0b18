"""An executor that nobody shuts down, after all results are there."""

import concurrent.futures


def run_in_processes(target, items):
    if not items:
        return
    executor = concurrent.futures.ProcessPoolExecutor(len(items))
    concurrent.futures.wait([executor.submit(target, item) for item in items])


def run_in_threads(target, items):
    if not items:
        return
    executor = concurrent.futures.ThreadPoolExecutor(len(items))
    futures = [executor.submit(target, item) for item in items]
    for future in concurrent.futures.as_completed(futures):
        future.result()


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
