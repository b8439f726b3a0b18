"""concurrent.futures once more."""

import concurrent.futures


def run_one_by_one(target, items, workers):
    with concurrent.futures.ProcessPoolExecutor(max_workers=1) as executor:
        return list(executor.map(target, items))


def run_at_once(target, items, workers):
    executor = concurrent.futures.ProcessPoolExecutor(workers)
    try:
        return list(executor.map(target, items))
    finally:
        executor.shutdown()
