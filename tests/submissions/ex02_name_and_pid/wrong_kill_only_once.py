# fails: check_kill_ends_another_one_each_time
# cause: not_killed
import multiprocessing
import os
import signal
import os, signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    return (multiprocessing.current_process().name, os.getpid(), os.getppid())


KILLED = []


def kill_process(pid):
    if not KILLED:
        os.kill(pid, signal.SIGKILL)
    KILLED.append(pid)
