"""All results are waited for before an exception goes on."""

import multiprocessing


def run_one_by_one(target, items, workers):
    results, errors = [], []
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            try:
                results.append(pool.apply(target, (item,)))
            except Exception as error:
                errors.append(error)
    if errors:
        raise errors[0]
    return results


def run_at_once(target, items, workers):
    errors = []
    pool = multiprocessing.Pool(workers)
    tasks = [pool.apply_async(target, (item,), error_callback=errors.append) for item in items]
    pool.close()
    pool.join()
    if errors:
        raise errors[0]
    return [task.get() for task in tasks]
