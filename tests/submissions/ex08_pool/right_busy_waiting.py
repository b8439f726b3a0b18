"""Asks all the time whether it is done."""

import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    tasks = [pool.apply_async(target, (item,)) for item in items]
    pool.close()
    while True:
        if all(task.ready() for task in tasks):
            break
    pool.join()
    return [task.get() for task in tasks]
