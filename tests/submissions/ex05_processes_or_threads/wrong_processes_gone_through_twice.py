# fails: check_processes_wait_for_the_first check_processes_wait_for_the_last check_processes_are_all_gone_afterwards
# cause: gone_through_twice
import multiprocessing
import threading


def run_in_processes(target, items):
    processes = (multiprocessing.Process(target=target, args=(item,)) for item in items)
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
        raise ValueError(f'kind must be "cpu" or "io", not {kind!r}')
