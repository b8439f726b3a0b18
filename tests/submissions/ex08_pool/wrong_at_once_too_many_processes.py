# fails: check_at_once_runs_never_more_than_workers
# cause: pool_too_large
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def begin(places):
    global free
    free = places


def call(target, item):
    with free:
        return target(item)


def run_at_once(target, items, workers):
    places = multiprocessing.Semaphore(workers)
    with multiprocessing.Pool(len(items) or 1, begin, (places,)) as pool:
        tasks = [pool.apply_async(call, (target, item)) for item in items]
        return [task.get() for task in tasks]
