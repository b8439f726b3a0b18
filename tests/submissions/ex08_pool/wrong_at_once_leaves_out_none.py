# fails: check_at_once_values_may_count_as_false
# cause: -
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    results = []
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        for task in tasks:
            result = task.get()
            if result is not None:
                results.append(result)
    return results
