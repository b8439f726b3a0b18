# fails: check_one_by_one_runs_in_processes_of_a_pool
# cause: ran_in_your_process
import multiprocessing


def run_one_by_one(target, items, workers):
    return [target(item) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
