# fails: check_threads_run_target_in_this_process
# cause: ran_in_a_child
import multiprocessing
import threading


def run_in_processes(target, items):
    processes = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def run_in_threads(target, items):
    run_in_processes(target, items)


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
