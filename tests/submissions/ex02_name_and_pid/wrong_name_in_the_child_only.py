# fails: check_name_is_known_outside
# cause: default_name
import multiprocessing
import os
import signal


def run_named(name, target):
    multiprocessing.current_process().name = name
    target()


def start_named_process(name, target):
    process = multiprocessing.Process(target=run_named, args=(name, target))
    process.start()
    return process


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
