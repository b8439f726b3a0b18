"""Has a shell do it."""

import multiprocessing
import os


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.system(f"kill -9 {pid}")
