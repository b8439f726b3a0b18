# fails: check_at_once_passes_an_exception_on
# cause: did_not_raise
import multiprocessing


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        results = []
        for item in items:
            results.append(pool.apply(target, args=(item,)))
        return results
    finally:
        pool.close()
        pool.join()


def run_at_once(target, items, workers):
    results = []
    with multiprocessing.Pool(workers) as pool:
        for task in [pool.apply_async(target, (item,)) for item in items]:
            try:
                results.append(task.get())
            except OSError:
                results.append(None)
    return results
