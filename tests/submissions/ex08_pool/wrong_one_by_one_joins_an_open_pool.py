# fails: check_one_by_one_runs_in_processes_of_a_pool check_one_by_one_calls_target_once_for_each_item check_one_by_one_runs_never_two_at_once check_one_by_one_gives_results_in_item_order check_one_by_one_values_may_count_as_false check_one_by_one_equal_items_have_results_of_their_own check_one_by_one_gives_the_results_of_each_call check_one_by_one_of_no_items_gives_no_results check_one_by_one_leaves_no_process check_one_by_one_leaves_no_process_after_an_exception
# cause: raised
import multiprocessing




def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        results = [task.get() for task in tasks]
    finally:
        pool.close()
        pool.join()
    return results


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    results = [pool.apply(target, (item,)) for item in items]
    pool.join()
    return results
