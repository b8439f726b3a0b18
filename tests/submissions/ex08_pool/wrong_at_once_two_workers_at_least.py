# fails: check_at_once_runs_one_at_a_time_with_one_worker
# cause: too_many_at_once
import multiprocessing


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        results = []
        for item in items:
            results.append(pool.apply(target, args=(item,)))
        return results
    finally:
        pool.close()
        pool.join()


def run_at_once(target, items, workers):
    with multiprocessing.Pool(max(workers, 2)) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
