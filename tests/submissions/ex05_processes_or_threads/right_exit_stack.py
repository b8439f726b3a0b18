"""A stack of joins is unwound at the end."""

import multiprocessing
import threading
import contextlib


def run_in_processes(target, items):
    with contextlib.ExitStack() as stack:
        for item in items:
            process = multiprocessing.Process(target=target, args=(item,))
            process.start()
            stack.callback(process.join)


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
