# fails: check_identify_anew_each_time
# cause: -
import multiprocessing
import os
import signal
import os, multiprocessing


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    name = multiprocessing.current_process().name
    return ("main" if name == "MainProcess" else name, os.getpid(), os.getppid())


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
