# fails: check_at_once_runs_fewer_items_than_workers check_at_once_of_no_items_gives_no_results check_at_once_leaves_no_process check_at_once_leaves_no_process_after_an_exception
# cause: raised
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    at_first = [items[i] for i in range(workers)]
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in at_first]
        for item in items[workers:]:
            tasks.append(pool.apply_async(target, (item,)))
        return [task.get() for task in tasks]
