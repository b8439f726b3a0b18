"""concurrent.futures."""

from concurrent.futures import ProcessPoolExecutor


def run_one_by_one(target, items, workers):
    with ProcessPoolExecutor(workers) as executor:
        return [executor.submit(target, item).result() for item in items]


def run_at_once(target, items, workers):
    with ProcessPoolExecutor(max_workers=workers) as executor:
        futures = [executor.submit(target, item) for item in items]
        return [future.result() for future in futures]
