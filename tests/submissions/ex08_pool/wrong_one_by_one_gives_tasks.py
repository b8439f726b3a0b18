# fails: check_one_by_one_gives_results_in_item_order check_one_by_one_values_may_count_as_false check_one_by_one_equal_items_have_results_of_their_own check_one_by_one_passes_an_exception_on check_one_by_one_leaves_no_process_after_an_exception
# fails: check_one_by_one_gives_the_results_of_each_call
# cause: not_the_results
import multiprocessing


def run_one_by_one(target, items, workers):
    tasks = []
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            task = pool.apply_async(target, (item,))
            task.wait()
            tasks.append(task)
    return tasks


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
