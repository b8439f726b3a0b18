# fails: check_one_by_one_has_no_more_workers_than_asked
# cause: pool_too_large
import multiprocessing


def run_one_by_one(target, items, workers):
    pools = [multiprocessing.Pool(workers) for item in items]
    try:
        return [pool.apply(target, (item,)) for pool, item in zip(pools, items)]
    finally:
        for pool in pools:
            pool.terminate()


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
