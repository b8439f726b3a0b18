# fails: check_one_by_one_passes_an_exception_on
# cause: exception_changed
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        try:
            return [pool.apply(target, (item,)) for item in items]
        except Exception as error:
            raise RuntimeError(f"a task failed: {error}") from error


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        return [task.get() for task in tasks]
