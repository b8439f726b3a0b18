# fails: check_at_once_leaves_no_process_after_an_exception
# cause: process_left
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    tasks = [pool.apply_async(target, (item,)) for item in items]
    results = [task.get() for task in tasks]
    pool.close()
    pool.join()
    return results
