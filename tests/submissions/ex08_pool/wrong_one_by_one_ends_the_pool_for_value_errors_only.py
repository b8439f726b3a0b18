# fails: check_one_by_one_leaves_no_process_after_an_exception
# cause: process_left
import multiprocessing


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        results = [pool.apply(target, (item,)) for item in items]
    except (OSError, ValueError):
        pool.terminate()
        raise
    pool.close()
    pool.join()
    return results


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    tasks = []
    for item in items:
        tasks.append(pool.apply_async(target, args=(item,)))
    pool.close()
    pool.join()
    return [task.get() for task in tasks]
