# fails: check_at_once_runs_fewer_items_than_workers check_at_once_begins_the_next_when_any_one_is_done check_at_once_gives_results_in_item_order
# fails: check_at_once_values_may_count_as_false check_at_once_equal_items_have_results_of_their_own
# fails: check_at_once_gives_the_results_of_each_call
# cause: none_among_results
import multiprocessing


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        results = []
        for item in items:
            results.append(pool.apply(target, args=(item,)))
        return results
    finally:
        pool.close()
        pool.join()


def run_at_once(target, items, workers):
    results, errors = [None] * len(items), []
    pool = multiprocessing.Pool(workers)
    for index, item in enumerate(items):

        def put(value):
            results[index] = value

        pool.apply_async(target, (item,), callback=put, error_callback=errors.append)
    pool.close()
    pool.join()
    if errors:
        raise errors[0]
    return results
