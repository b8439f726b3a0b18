"""The pool is terminated, whatever happened; that waits for the workers, too."""

import multiprocessing


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        return [pool.apply(target, (item,)) for item in items]
    finally:
        pool.terminate()


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
    finally:
        pool.terminate()
