"""Each worker does one task only, and a new one takes its place."""

import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers, maxtasksperchild=1) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers, maxtasksperchild=1) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
