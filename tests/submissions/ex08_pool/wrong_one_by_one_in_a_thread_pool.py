# fails: check_one_by_one_runs_in_processes_of_a_pool
# cause: ran_in_your_process
import multiprocessing
from multiprocessing.pool import ThreadPool


def run_one_by_one(target, items, workers):
    with ThreadPool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
