# fails: check_at_once_begins_the_next_when_any_one_is_done
# cause: not_together
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    results, under_way = [], []
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            if len(under_way) == workers:
                results.append(under_way.pop(0).get())
            under_way.append(pool.apply_async(target, (item,)))
        results += [task.get() for task in under_way]
    return results
