# fails: check_one_by_one_runs_never_two_at_once check_one_by_one_waits_for_the_last_item
# cause: raised
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply_async(target, (item,)).get(timeout=5) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
