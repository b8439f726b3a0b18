# fails: check_one_by_one_leaves_no_process_after_an_exception
# cause: did_not_raise
import multiprocessing


def run_one_by_one(target, items, workers):
    results = []
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            try:
                results.append(pool.apply(target, (item,)))
            except KeyError:
                results.append(None)
    return results


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    tasks = []
    for item in items:
        tasks.append(pool.apply_async(target, args=(item,)))
    pool.close()
    pool.join()
    return [task.get() for task in tasks]
