# fails: check_at_once_runs_as_many_as_there_are_workers check_at_once_runs_fewer_items_than_workers check_at_once_runs_never_more_than_workers check_at_once_begins_the_next_when_any_one_is_done check_at_once_gives_results_in_item_order check_at_once_equal_items_have_results_of_their_own check_at_once_waits_for_the_last_item
# cause: not_together
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    results = []
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            task = pool.apply_async(target, (item,))
            results.append(task.get())
    return results
