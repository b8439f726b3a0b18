# fails: check_one_by_one_runs_in_processes_of_a_pool check_one_by_one_calls_target_once_for_each_item check_one_by_one_runs_never_two_at_once
# fails: check_one_by_one_gives_results_in_item_order check_one_by_one_values_may_count_as_false
# fails: check_one_by_one_equal_items_have_results_of_their_own check_one_by_one_passes_an_exception_on
# fails: check_one_by_one_gives_the_results_of_each_call
# cause: callback_waits
# verdict: stuck
import multiprocessing


def run_one_by_one(target, items, workers):
    results = []

    def go_on(result):
        results.append(result)
        for item in items[1:]:
            results.append(pool.apply(target, (item,)))

    with multiprocessing.Pool(workers) as pool:
        if items:
            pool.apply_async(target, (items[0],), callback=go_on).get()
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
