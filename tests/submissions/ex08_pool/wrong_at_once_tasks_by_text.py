# fails: check_at_once_equal_items_have_results_of_their_own
# cause: -
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = {}
        for item in items:
            tasks[str(item)] = pool.apply_async(target, (item,))
        return [tasks[str(item)].get() for item in items]
