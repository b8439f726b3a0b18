"""Lists that grow, and two loops."""

import multiprocessing
import threading


def run_in_processes(target, items):
    processes = []
    for item in items:
        process = multiprocessing.Process(target=target, args=(item,))
        processes.append(process)
        process.start()
    for process in processes:
        process.join()


def run_in_threads(target, items):
    threads = []
    for item in items:
        thread = threading.Thread(target=target, args=[item])
        threads.append(thread)
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
