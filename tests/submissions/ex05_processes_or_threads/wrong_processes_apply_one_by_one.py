# fails: check_processes_run_at_the_same_time check_processes_run_many_at_the_same_time
# cause: not_together
import multiprocessing
import threading


def run_in_processes(target, items):
    with multiprocessing.Pool(len(items) or 1) as pool:
        for item in items:
            pool.apply(target, (item,))


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
        raise ValueError(kind)
