"""The tasks are handed in from the end, and the results put in order."""

import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        results = [pool.apply(target, (item,)) for item in items]
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = {number: pool.apply_async(target, (items[number],)) for number in reversed(range(len(items)))}
        return [tasks[number].get() for number in range(len(items))]
