# fails: check_one_by_one_passes_an_exception_on check_one_by_one_leaves_no_process_after_an_exception
# cause: did_not_raise
import multiprocessing


def run_one_by_one(target, items, workers):
    results = []
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            try:
                results.append(pool.apply(target, (item,)))
            except Exception as error:
                print("error:", error)
                results.append(None)
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
