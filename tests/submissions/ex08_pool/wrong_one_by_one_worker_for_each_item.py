# fails: check_one_by_one_has_no_more_workers_than_asked check_one_by_one_of_no_items_gives_no_results
# cause: pool_too_large
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(len(items)) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
