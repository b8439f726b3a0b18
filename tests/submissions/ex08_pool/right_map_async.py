"""map_async, one item in a portion."""

from multiprocessing.pool import Pool


def run_one_by_one(target, items, workers):
    pool = Pool(workers)
    try:
        return [pool.map_async(target, [item]).get()[0] for item in items]
    finally:
        pool.terminate()
        pool.join()


def run_at_once(target, items, workers):
    pool = Pool(workers)
    try:
        return pool.map_async(target, items, 1).get()
    finally:
        pool.terminate()
        pool.join()
