# fails: check_processes_run_many_at_the_same_time
# cause: pool_too_small
import multiprocessing
import threading
from multiprocessing.pool import Pool


def run_in_processes(target, items):
    items = list(items)
    if not items:
        return
    with Pool(min(len(items), 16)) as pool:
        pool.map(target, items, chunksize=1)
        pool.close()
        pool.join()


def run_in_threads(target, items):
    threads = [threading.Thread(target=target, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(f'kind must be "cpu" or "io", not {kind!r}')
