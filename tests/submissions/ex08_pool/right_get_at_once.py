"""One by one with apply_async, waiting for each."""

import multiprocessing as mp


def run_one_by_one(target, items, workers):
    results = []
    with mp.Pool(workers) as pool:
        for item in items:
            task = pool.apply_async(target, (item,))
            task.wait()
            results.append(task.get())
    return results


def run_at_once(target, items, workers):
    with mp.Pool(workers) as pool:
        tasks = []
        for item in items:
            task = pool.apply_async(func=target, args=(item,))
            tasks.append(task)
        for task in tasks:
            task.wait()
        return list(map(lambda task: task.get(), tasks))
