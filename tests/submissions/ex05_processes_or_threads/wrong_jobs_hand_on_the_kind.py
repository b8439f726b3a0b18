# fails: check_jobs_cpu_run_in_processes check_jobs_cpu_run_once_and_at_the_same_time check_jobs_cpu_are_waited_for check_jobs_without_items check_jobs_go_by_the_kind_of_each_call
# cause: wrong_arguments_for_target
from collections.abc import Callable
from collections.abc import Sequence
from multiprocessing import Process
from threading import Thread
from typing import Any


def run_in_processes(target: Callable[[Any], object], items: Sequence[Any]) -> None:
    processes = [Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def run_in_threads(target: Callable[[Any], object], items: Sequence[Any]) -> None:
    threads = [Thread(target=target, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_jobs(kind, target, items):
    if kind == 'cpu':
        run_in_processes(target, kind)
    elif kind == 'io':
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
