# fails: check_at_once_gives_results_in_item_order check_at_once_passes_an_exception_on check_at_once_leaves_no_process_after_an_exception
# cause: wrong_order
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    results = []
    pool = multiprocessing.Pool(workers)
    for item in items:
        pool.apply_async(target, (item,), callback=results.append)
    pool.close()
    pool.join()
    return results
