"""A pool that nobody knows any more ends; where an exception still knows it, it is terminated."""

import multiprocessing


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        return [pool.apply(target, (item,)) for item in items]
    except Exception:
        pool.terminate()
        raise


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    tasks = [pool.apply_async(target, (item,)) for item in items]
    pool.close()
    try:
        return [task.get() for task in tasks]
    except Exception:
        pool.join()
        raise
