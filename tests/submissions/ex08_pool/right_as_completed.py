"""Whoever is done first is taken first, and put where it belongs."""

from concurrent.futures import ProcessPoolExecutor, as_completed


def run_one_by_one(target, items, workers):
    return run_at_once(target, items, 1)


def run_at_once(target, items, workers):
    results = [None] * len(items)
    with ProcessPoolExecutor(workers) as executor:
        places = {executor.submit(target, item): place for place, item in enumerate(items)}
        for future in as_completed(places):
            results[places[future]] = future.result()
    return results
