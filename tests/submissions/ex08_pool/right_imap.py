"""A pool of one, and imap."""

import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(1) as pool:
        return pool.map(target, items)


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return list(pool.imap(target, items))
