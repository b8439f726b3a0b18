# fails: check_jobs_of_another_kind_are_refused check_jobs_of_a_kind_with_spaces_are_refused check_jobs_of_a_part_of_a_kind_are_refused
# cause: did_not_raise
import multiprocessing
import threading


def run_all(kind, target, items):
    workers = [kind(target=target, args=(item,)) for item in items]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def run_in_processes(target, items):
    run_all(multiprocessing.Process, target, items)


def run_in_threads(target, items):
    run_all(threading.Thread, target, items)


def run_jobs(kind, target, items):
    if str(kind).startswith("c"):
        run_in_processes(target, items)
    elif str(kind).startswith("i"):
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
