# fails: check_at_once_begins_the_next_when_any_one_is_done
# cause: not_together
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    results = []
    with multiprocessing.Pool(workers) as pool:
        for start in range(0, len(items), workers):
            tasks = [pool.apply_async(target, (item,)) for item in items[start : start + workers]]
            results += [task.get() for task in tasks]
    return results
