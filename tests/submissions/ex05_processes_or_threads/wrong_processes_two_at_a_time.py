# fails: check_processes_run_at_the_same_time check_processes_run_many_at_the_same_time
# cause: pool_too_small
import multiprocessing
import threading


def run_in_processes(target, items):
    for i in range(0, len(items), 2):
        processes = [multiprocessing.Process(target=target, args=(item,)) for item in items[i : i + 2]]
        for process in processes:
            process.start()
        for process in processes:
            process.join()


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
