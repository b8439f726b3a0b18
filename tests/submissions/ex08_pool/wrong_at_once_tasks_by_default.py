# fails: check_at_once_gives_the_results_of_each_call check_at_once_passes_an_exception_on
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


def run_at_once(target, items, workers, tasks=[]):
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            tasks.append(pool.apply_async(target, (item,)))
        return [task.get() for task in tasks]
