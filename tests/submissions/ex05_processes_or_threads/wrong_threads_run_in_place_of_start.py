# fails: check_threads_run_target_in_this_process check_threads_run_at_the_same_time check_threads_run_forty_at_the_same_time
# cause: ran_in_main_thread
import multiprocessing
import threading


def run_in_processes(target, items):
    processes = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def run_in_threads(target, items):
    for item in items:
        threading.Thread(target=target, args=(item,)).run()


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
