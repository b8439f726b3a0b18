# fails: check_at_once_passes_an_exception_on
# cause: did_not_raise
import multiprocessing


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        results = [pool.apply(target, (item,)) for item in items]
        pool.close()
    except BaseException:
        pool.terminate()
        raise
    finally:
        pool.join()
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        handles = [pool.apply_async(target, (item,)) for item in items]
        pool.close()
        pool.join()
        results = []
        for handle in handles:
            try:
                results.append(handle.get())
            except ValueError:
                results.append(None)
        return results
