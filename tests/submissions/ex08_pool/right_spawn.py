"""A pool of the spawn context."""

from multiprocessing import get_context

context = get_context("spawn")


def run_one_by_one(target, items, workers):
    with context.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with context.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        pool.close()
        pool.join()
    return [task.get() for task in tasks]
