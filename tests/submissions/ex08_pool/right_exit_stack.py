"""A helper ends the pool."""

import multiprocessing
from contextlib import contextmanager


@contextmanager
def a_pool(workers):
    pool = multiprocessing.Pool(workers)
    try:
        yield pool
    finally:
        pool.close()
        pool.join()


def run_one_by_one(target, items, workers):
    with a_pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with a_pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
