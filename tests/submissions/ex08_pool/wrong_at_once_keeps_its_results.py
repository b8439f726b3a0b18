# fails: check_at_once_gives_the_results_of_each_call
# cause: earlier_values
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


RESULTS = []


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        for task in tasks:
            RESULTS.append(task.get())
    return RESULTS
