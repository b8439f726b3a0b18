"""The results come by callback, each with its number."""

import functools
import multiprocessing


def call(target, number, item):
    try:
        return number, True, target(item)
    except Exception as error:
        return number, False, error


def run_one_by_one(target, items, workers):
    return run_at_once(target, items, 1)


def run_at_once(target, items, workers):
    got = {}
    pool = multiprocessing.Pool(workers)
    for number, item in enumerate(items):
        pool.apply_async(call, (target, number, item), callback=lambda answer: got.update({answer[0]: answer[1:]}))
    pool.close()
    pool.join()
    for is_good, value in got.values():
        if not is_good:
            raise value
    return [got[number][1] for number in range(len(items))]
