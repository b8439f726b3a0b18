"""A manager's list takes the results."""

import multiprocessing


def keep(target, number, item, kept):
    kept.append((number, target(item)))


def run_one_by_one(target, items, workers):
    with multiprocessing.Manager() as manager:
        kept = manager.list()
        with multiprocessing.Pool(workers) as pool:
            for number, item in enumerate(items):
                pool.apply(keep, (target, number, item, kept))
        return [result for _, result in kept]


def run_at_once(target, items, workers):
    with multiprocessing.Manager() as manager:
        kept = manager.list()
        with multiprocessing.Pool(workers) as pool:
            tasks = [pool.apply_async(keep, (target, number, item, kept)) for number, item in enumerate(items)]
            for task in tasks:
                task.get()
        return [result for _, result in sorted(kept, key=lambda pair: pair[0])]
