# fails: check_at_once_runs_as_many_as_there_are_workers check_at_once_gives_results_in_item_order
# fails: check_at_once_equal_items_have_results_of_their_own check_at_once_waits_for_the_last_item
# fails: check_at_once_runs_fewer_items_than_workers check_at_once_runs_never_more_than_workers
# fails: check_at_once_begins_the_next_when_any_one_is_done
# cause: started_lazily
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        tasks = (pool.apply_async(target, (item,)) for item in items)
        return [task.get() for task in tasks]
    finally:
        pool.close()
        pool.join()
