# fails: check_threads_run_forty_at_the_same_time
# cause: too_few_threads
import multiprocessing
from concurrent.futures import ThreadPoolExecutor


def run_in_processes(target, items):
    processes = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def run_in_threads(target, items):
    with ThreadPoolExecutor() as executor:
        list(executor.map(target, items))


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
