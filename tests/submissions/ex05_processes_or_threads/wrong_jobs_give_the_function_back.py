# fails: check_jobs_cpu_run_in_processes check_jobs_io_run_in_threads check_jobs_cpu_run_once_and_at_the_same_time check_jobs_io_run_once_and_at_the_same_time check_jobs_cpu_are_waited_for check_jobs_io_are_waited_for check_jobs_go_by_the_kind_of_each_call
# cause: name_alone
import multiprocessing
import threading


def run_in_processes(target, items):
    processes = [multiprocessing.Process(target=target, args=(item,)) for item in items]
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
        return run_in_processes
    if kind == "io":
        return run_in_threads
    raise ValueError(f'kind must be "cpu" or "io", not {kind!r}')
