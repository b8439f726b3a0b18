# fails: check_at_once_passes_an_exception_on
# cause: exception_changed
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        for task in tasks:
            task.wait()
        if not all(task.successful() for task in tasks):
            raise RuntimeError("a task has failed")
        return [task.get() for task in tasks]
