# fails: check_one_by_one_calls_target_once_for_each_item check_one_by_one_values_may_count_as_false check_one_by_one_gives_results_in_item_order check_one_by_one_passes_an_exception_on
# fails: check_one_by_one_gives_the_results_of_each_call
# cause: wrapped
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, ((item,),)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
