# fails: check_at_once_runs_in_processes_of_a_pool check_at_once_runs_never_more_than_workers check_at_once_of_no_items_gives_no_results check_at_once_runs_one_at_a_time_with_one_worker
# cause: ran_in_your_process
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items[1:]]
        return [target(items[0])] + [task.get() for task in tasks]
