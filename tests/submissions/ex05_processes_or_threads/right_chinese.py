"""Chinese identifiers."""

from multiprocessing import Process as 进程
from threading import Thread as 线程


def 全部运行(工人们):
    for 工人 in 工人们:
        工人.start()
    for 工人 in 工人们:
        工人.join()


def run_in_processes(target, items):
    全部运行([进程(target=target, args=(任务,)) for 任务 in items])


def run_in_threads(target, items):
    全部运行([线程(target=target, args=(任务,)) for 任务 in items])


def run_jobs(kind, target, items):
    if kind == "cpu":
        return run_in_processes(target, items)
    if kind == "io":
        return run_in_threads(target, items)
    raise ValueError(f"未知的任务类型：{kind}")
