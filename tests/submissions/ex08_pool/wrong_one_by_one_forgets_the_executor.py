# fails: check_one_by_one_leaves_no_process check_one_by_one_leaves_no_process_after_an_exception
# cause: process_left
import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def run_one_by_one(target, items, workers):
    executor = ProcessPoolExecutor(workers)
    return [executor.submit(target, item).result() for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
