# fails: check_one_by_one_runs_in_processes_of_a_pool
# cause: ran_in_your_process
from multiprocessing import Pool


def run_one_by_one(target, items, workers):
    if len(items) == 1:
        return [target(items[0])]
    pool = Pool(workers)
    try:
        results = []
        for item in items:
            results.append(pool.apply(target, (item,)))
        return results
    finally:
        pool.close()
        pool.join()


def run_at_once(target, items, workers):
    pool = Pool(workers)
    try:
        handles = []
        for item in items:
            handles.append(pool.apply_async(target, (item,)))
        return [h.get() for h in handles]
    finally:
        pool.close()
        pool.join()
