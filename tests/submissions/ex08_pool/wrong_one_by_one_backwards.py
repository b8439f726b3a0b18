# fails: check_one_by_one_gives_results_in_item_order check_one_by_one_values_may_count_as_false check_one_by_one_gives_the_results_of_each_call
# cause: backwards
import multiprocessing


def run_one_by_one(target, items, workers):
    results = []
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            results.insert(0, pool.apply(target, (item,)))
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
