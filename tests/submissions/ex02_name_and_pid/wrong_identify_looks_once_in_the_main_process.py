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


KNOWN = {}


def identify():
    if os.getpid() not in KNOWN:
        KNOWN[os.getpid()] = (multiprocessing.current_process().name, os.getpid(), os.getppid())
    return KNOWN[os.getpid()]


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
