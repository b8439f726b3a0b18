# fails: check_one_by_one_leaves_no_process_after_an_exception
# cause: process_left
import multiprocessing


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    results = []
    for item in items:
        results.append(pool.apply(target, (item,)))
    pool.close()
    pool.join()
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
