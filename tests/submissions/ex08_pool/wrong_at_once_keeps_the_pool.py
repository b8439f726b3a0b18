# fails: check_at_once_leaves_no_process check_at_once_leaves_no_process_after_an_exception
# cause: process_left
import multiprocessing

pools = []


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    pools.append(multiprocessing.Pool(workers))
    tasks = [pools[-1].apply_async(target, (item,)) for item in items]
    return [task.get() for task in tasks]
