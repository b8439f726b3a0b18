# fails: check_one_by_one_passes_an_exception_on
# cause: did_not_raise
import multiprocessing


def run_one_by_one(target, items, workers):
    results, error = ([], None)
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            error = None
            try:
                results.append(pool.apply(target, (item,)))
            except Exception as caught:
                error = caught
        pool.close()
        pool.join()
    if error is not None:
        raise error
    return results


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        results = [task.get() for task in tasks]
        pool.close()
    except BaseException:
        pool.terminate()
        raise
    finally:
        pool.join()
    return results
