# fails: check_import_starts_no_process
# cause: import_starts_process
import multiprocessing

with multiprocessing.Pool(2) as first:
    print(first.map(abs, [-1, -2]))


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
