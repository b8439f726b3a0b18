# fails: check_named_starts_a_new_process_each_time
# cause: -
import multiprocessing
import os
import signal

NAMES = []


def start_named_process(name, target):
    NAMES.append(name)
    if NAMES.count(name) > 1:
        name = f"{name}-{NAMES.count(name)}"
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    return (multiprocessing.current_process().name, os.getpid(), os.getppid())


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
