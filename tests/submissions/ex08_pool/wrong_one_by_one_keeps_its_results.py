# fails: check_one_by_one_gives_the_results_of_each_call
# cause: earlier_values
import multiprocessing


RESULTS = []


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            RESULTS.append(pool.apply(target, (item,)))
    return RESULTS


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    tasks = []
    for item in items:
        tasks.append(pool.apply_async(target, args=(item,)))
    pool.close()
    pool.join()
    return [task.get() for task in tasks]
