"""A beginner's style, with prints and sleeps."""

import multiprocessing
import os
import time


def run_one_by_one(target, items, workers):
    print("main process:", os.getpid())
    pool = multiprocessing.Pool(workers)
    results = []
    try:
        for i in range(len(items)):
            print("task", i)
            result = pool.apply(target, (items[i],))
            time.sleep(0.01)
            results.append(result)
    except Exception as error:
        print("something went wrong:", error)
        pool.terminate()
        pool.join()
        raise error
    pool.close()
    pool.join()
    print("done", results)
    return results


def run_at_once(target, items, workers):
    pool = multiprocessing.Pool(workers)
    tasks = []
    for i in range(len(items)):
        print("task", i)
        tasks.append(pool.apply_async(target, (items[i],)))
    print("all handed in")
    time.sleep(0.05)
    pool.close()
    pool.join()
    results = []
    for task in tasks:
        results.append(task.get())
    return results


if __name__ == "__main__":
    print(run_at_once(abs, [-1, -2, -3], 2))
