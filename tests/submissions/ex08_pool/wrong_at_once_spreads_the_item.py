# fails: check_at_once_calls_target_once_for_each_item check_at_once_values_may_count_as_false check_at_once_runs_fewer_items_than_workers check_at_once_gives_results_in_item_order check_at_once_begins_the_next_when_any_one_is_done check_at_once_passes_an_exception_on
# fails: check_at_once_gives_the_results_of_each_call
# cause: taken_apart
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, item) for item in items]
        pool.close()
        pool.join()
        return [task.get() for task in tasks]
