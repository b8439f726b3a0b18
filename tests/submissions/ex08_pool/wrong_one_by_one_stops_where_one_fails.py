# fails: check_one_by_one_passes_an_exception_on check_one_by_one_leaves_no_process_after_an_exception
# cause: return_in_finally
import multiprocessing


def run_one_by_one(target, items, workers):
    results = []
    pool = multiprocessing.Pool(workers)
    try:
        for item in items:
            results.append(pool.apply(target, (item,)))
    finally:
        pool.close()
        pool.join()
        return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
