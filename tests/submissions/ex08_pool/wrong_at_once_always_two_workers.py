# fails: check_at_once_runs_as_many_as_there_are_workers check_at_once_gives_results_in_item_order check_at_once_runs_one_at_a_time_with_one_worker
# cause: pool_too_small
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(2) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
