# fails: check_one_by_one_leaves_no_process check_one_by_one_leaves_no_process_after_an_exception
# cause: process_left
import multiprocessing

pools = []


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    pools.append(pool)
    try:
        return [pool.apply(target, (item,)) for item in items]
    finally:
        pool.close()


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
