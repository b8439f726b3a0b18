"""With a with-block."""

from multiprocessing import Pool


def run_one_by_one(target, items, workers):
    with Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with Pool(processes=workers) as pool:
        return [task.get() for task in [pool.apply_async(target, [item]) for item in items]]
