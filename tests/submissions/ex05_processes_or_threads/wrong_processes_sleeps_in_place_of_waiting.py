# fails: check_processes_wait_for_the_first check_processes_wait_for_the_last check_processes_are_all_gone_afterwards
# cause: did_not_wait
import multiprocessing
import threading
import time


def run_in_processes(target, items):
    for item in items:
        multiprocessing.Process(target=target, args=(item,)).start()
    time.sleep(2)


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
