# fails: check_jobs_go_by_the_kind_of_each_call
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
    threads = [threading.Thread(target=target, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


chosen = {}


def run_jobs(kind, target, items):
    if kind not in ("cpu", "io"):
        raise ValueError(kind)
    run = chosen.setdefault("run", run_in_processes if kind == "cpu" else run_in_threads)
    run(target, items)
