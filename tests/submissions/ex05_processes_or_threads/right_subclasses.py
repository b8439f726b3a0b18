"""Classes of their own."""

import multiprocessing
import threading


class JobProcess(multiprocessing.Process):
    def __init__(self, work, item):
        super().__init__()
        self.work = work
        self.item = item

    def run(self):
        self.work(self.item)


class JobThread(threading.Thread):
    def __init__(self, work, item):
        super().__init__()
        self.work = work
        self.item = item

    def run(self):
        self.work(self.item)


def start_and_join(workers):
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def run_in_processes(target, items):
    start_and_join([JobProcess(target, item) for item in items])


def run_in_threads(target, items):
    start_and_join([JobThread(target, item) for item in items])


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
