"""map has portions of one as long as there are few items."""

from multiprocessing import Pool


def run_one_by_one(target, items, workers):
    with Pool(workers) as pool:
        return list(pool.imap(target, items)) if workers == 1 else [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with Pool(workers) as pool:
        results = pool.map(target, items)
        pool.close()
        pool.join()
        return results
