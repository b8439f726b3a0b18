# fails: check_at_once_runs_as_many_as_there_are_workers
# cause: not_together
import multiprocessing


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
    with multiprocessing.Pool(workers) as pool:
        return pool.map(target, items)
