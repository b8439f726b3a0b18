# fails: check_processes_run_at_the_same_time check_processes_run_many_at_the_same_time
# cause: -
import multiprocessing
import threading


def run_in_processes(target, items):
    process = multiprocessing.Process(target=run_in_threads, args=(target, items))
    process.start()
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
