# fails: check_jobs_of_another_kind_are_refused
# cause: did_not_raise
from multiprocessing import Process
from threading import Thread


def run_in_processes(target, items):
    processes = []
    for item in items:
        p = Process(target=target, args=(item,))
        p.start()
        processes.append(p)
    for p in processes:
        p.join()


def run_in_threads(target, items):
    threads = []
    for item in items:
        t = Thread(target=target, args=(item,))
        t.start()
        threads.append(t)
    for t in threads:
        t.join()


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind in ("io", "thread", "threads", "net"):
        run_in_threads(target, items)
    else:
        raise ValueError("unknown kind: %r" % (kind,))
