"""A pool is made for each item, and ended again."""

import multiprocessing


def run_one_by_one(target, items, workers):
    results = []
    for item in items:
        with multiprocessing.Pool(workers) as pool:
            results.append(pool.apply(target, (item,)))
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return list(pool.imap(target, items, chunksize=1))
