# fails: check_import_starts_no_process
# fails: check_one_by_one_runs_in_processes_of_a_pool check_one_by_one_calls_target_once_for_each_item
# fails: check_one_by_one_runs_never_two_at_once check_one_by_one_has_no_more_workers_than_asked check_one_by_one_waits_for_the_last_item
# fails: check_one_by_one_gives_results_in_item_order check_one_by_one_values_may_count_as_false
# fails: check_one_by_one_equal_items_have_results_of_their_own check_one_by_one_leaves_no_process
# fails: check_one_by_one_passes_an_exception_on check_one_by_one_leaves_no_process_after_an_exception
# fails: check_one_by_one_gives_the_results_of_each_call
# cause: no_main_guard
# under: spawn
import multiprocessing


def call(target, item, pipe):
    try:
        pipe.send((True, target(item)))
    except Exception as error:
        pipe.send((False, error))


def run_one_by_one(target, items, workers):
    results = []
    for item in items:
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=call, args=(target, item, theirs))
        process.start()
        is_good, result = ours.recv()
        process.join()
        if not is_good:
            raise result
        results.append(result)
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]


helper = multiprocessing.Process(target=print, args=("ready",))
helper.start()
