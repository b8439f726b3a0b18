# fails: check_one_by_one_runs_in_processes_of_a_pool check_one_by_one_calls_target_once_for_each_item
# fails: check_one_by_one_runs_never_two_at_once check_one_by_one_has_no_more_workers_than_asked
# fails: check_one_by_one_waits_for_the_last_item check_one_by_one_gives_results_in_item_order
# fails: check_one_by_one_values_may_count_as_false check_one_by_one_equal_items_have_results_of_their_own
# fails: check_one_by_one_gives_the_results_of_each_call check_one_by_one_leaves_no_process
# fails: check_one_by_one_passes_an_exception_on check_one_by_one_leaves_no_process_after_an_exception
# cause: raised
import multiprocessing

def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    pool.close()
    results = [pool.apply(target, (item,)) for item in items]
    pool.join()
    return results

def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        # First all tasks are handed in, then the results are asked for: `.get()` right away would wait each time.
        tasks = [pool.apply_async(target, (item,)) for item in items]
        # get() also passes on an exception of the task. Without it, nobody would ever hear of the exception.
        results = [task.get() for task in tasks]
        pool.close()
    except BaseException:
        pool.terminate()
        raise
    finally:
        pool.join()
    return results
