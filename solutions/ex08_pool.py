"""Exercise 8, solved: a pool of processes (section 7.11).

练习 8 的参考答案：进程池（7.11 节）。
"""

import multiprocessing


def run_one_by_one(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        # apply waits for the result, so there is never more than one task under way.
        results = [pool.apply(target, (item,)) for item in items]
        # No more tasks: each worker goes home when nothing is left to do.
        pool.close()
    except BaseException:
        # Something went wrong, so nobody needs the other results: the workers are stopped where they stand.
        pool.terminate()
        raise
    finally:
        # Either way the workers are waited for, and that before an exception goes on to the caller.
        pool.join()
    return results


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    try:
        # First all tasks are handed in, then the results are asked for: `.get()` right away would wait each time.
        tasks = [pool.apply_async(target, (item,)) for item in items]
        # get() also passes on an exception of the task. Without it, nobody would ever hear of the exception.
        results = [task.get() for task in tasks]
        pool.close()
    except BaseException:
        pool.terminate()
        raise
    finally:
        pool.join()
    return results
