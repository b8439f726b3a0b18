# fails: check_at_once_gives_results_in_item_order
# cause: wrong_order
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return list(pool.imap_unordered(target, items))
