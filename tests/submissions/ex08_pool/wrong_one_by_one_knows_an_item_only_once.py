# fails: check_one_by_one_equal_items_have_results_of_their_own
# cause: action_never_called
import multiprocessing


def run_one_by_one(target, items, workers):
    known = []
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            if not any(repr(item) == repr(other) for other, _ in known):
                known.append((item, pool.apply(target, (item,))))
    return [next(result for other, result in known if repr(other) == repr(item)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
