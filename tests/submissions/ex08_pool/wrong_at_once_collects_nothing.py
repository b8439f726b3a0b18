# fails: check_at_once_runs_fewer_items_than_workers check_at_once_begins_the_next_when_any_one_is_done check_at_once_gives_results_in_item_order check_at_once_values_may_count_as_false check_at_once_equal_items_have_results_of_their_own check_at_once_gives_the_results_of_each_call
# cause: nothing_in_the_list
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    results = []
    with multiprocessing.Pool(workers) as pool:
        for task in [pool.apply_async(target, (item,)) for item in items]:
            results + [task.get()]
    return results
