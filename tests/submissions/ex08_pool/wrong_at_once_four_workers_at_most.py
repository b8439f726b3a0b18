# fails: check_at_once_runs_as_many_as_there_are_workers
# cause: pool_too_small
import multiprocessing
import os


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        results = [pool.apply(target, (item,)) for item in items]
        pool.close()
    except BaseException:
        pool.terminate()
        raise
    finally:
        pool.join()
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(min(workers, os.cpu_count())) as pool:
        handles = [pool.apply_async(target, (item,)) for item in items]
        pool.close()
        pool.join()
        return [handle.get() for handle in handles]
