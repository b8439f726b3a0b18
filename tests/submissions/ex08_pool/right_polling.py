"""Asks now and again whether all is done."""

import multiprocessing
import time


def run_one_by_one(target, items, workers):
    results = []
    with multiprocessing.Pool(workers) as pool:
        for item in items:
            task = pool.apply_async(target, (item,))
            while not task.ready():
                time.sleep(0.01)
            results.append(task.get())
    return results


def run_at_once(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        tasks = [pool.apply_async(target, (item,)) for item in items]
        while not all(task.ready() for task in tasks):
            time.sleep(0.01)
        return [task.get() for task in tasks]
