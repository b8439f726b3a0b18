"""Exercise 5, solved: processes or threads (section 7.7).

练习 5 的参考答案：用进程还是用线程（7.7 节）。
"""

import multiprocessing
import threading


def run_in_processes(target, items):
    processes = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    # Two loops, not one: start and join in the same loop would wait for each before the next one starts.
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def run_in_threads(target, items):
    # A ThreadPoolExecutor would do as well, but only with max_workers=len(items): left to itself it takes 32 at most.
    threads = [threading.Thread(target=target, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_jobs(kind, target, items):
    # Computing profits from several cores, so it gets processes; waiting needs no core, so threads are enough.
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(f'kind must be "cpu" or "io", not {kind!r}')
