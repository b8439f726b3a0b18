# fails: check_one_by_one_of_no_items_gives_no_results
# cause: raised
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        results = [pool.apply(target, (items[0],))]
        for item in items[1:]:
            results.append(pool.apply(target, (item,)))
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
