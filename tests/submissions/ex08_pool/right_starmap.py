"""starmap, task by task."""

import multiprocessing


def run_one_by_one(target, items, workers):
    results = []
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            results.extend(pool.map(target, [item]))
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return pool.starmap(target, [(item,) for item in items], chunksize=1)
