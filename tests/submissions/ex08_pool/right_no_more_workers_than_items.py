"""No worker is started for nothing, and no pool where there is nothing to do."""

import multiprocessing
from functools import partial


def run_one_by_one(target, items, workers):
    if not items:
        return []
    with multiprocessing.Pool(min(workers, len(items))) as pool:
        return [pool.apply(partial(target, item)) for item in items]


def run_at_once(target, items, workers):
    if len(items) == 0:
        return []
    with multiprocessing.Pool(min(workers, len(items))) as pool:
        return [task.get() for task in [pool.apply_async(partial(target, item)) for item in items]]
