"""As the unit shows it."""

import multiprocessing


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        results = []
        for item in items:
            results.append(pool.apply(target, args=(item,)))
        return results
    finally:
        pool.close()
        pool.join()


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    tasks = []
    for item in items:
        tasks.append(pool.apply_async(target, args=(item,)))
    pool.close()
    pool.join()
    return [task.get() for task in tasks]
