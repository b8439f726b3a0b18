# fails: check_at_once_equal_items_have_results_of_their_own check_at_once_calls_target_once_for_each_item check_at_once_values_may_count_as_false
# cause: raised
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        tasks = {item: pool.apply_async(target, (item,)) for item in items}
        return [tasks[item].get() for item in items]
    finally:
        pool.close()
        pool.join()
