# fails: check_one_by_one_gives_results_in_item_order check_one_by_one_values_may_count_as_false check_one_by_one_gives_the_results_of_each_call
# cause: wrong_order
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return sorted([pool.apply(target, (item,)) for item in items], key=repr)


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    tasks = []
    for item in items:
        tasks.append(pool.apply_async(target, args=(item,)))
    pool.close()
    pool.join()
    return [task.get() for task in tasks]
