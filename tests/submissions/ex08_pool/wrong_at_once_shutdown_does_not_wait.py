# fails: check_at_once_leaves_no_process check_at_once_leaves_no_process_after_an_exception
# cause: process_left
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

EXECUTORS = []  # from 3.13 on, one that nobody holds any more waits for its workers


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    executor = ProcessPoolExecutor(workers)
    EXECUTORS.append(executor)
    futures = [executor.submit(target, item) for item in items]
    executor.shutdown(wait=False)
    return [future.result() for future in futures]
