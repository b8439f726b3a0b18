# fails: check_at_once_passes_an_exception_on check_at_once_leaves_no_process_after_an_exception
# cause: did_not_raise
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    results = []
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        for task in tasks:
            try:
                results.append(task.get())
            except Exception as error:
                results.append(error)
    return results
