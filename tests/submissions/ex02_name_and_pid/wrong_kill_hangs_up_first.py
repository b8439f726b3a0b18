# fails: check_kill_cannot_be_ignored check_kill_ends_one_that_is_no_child
# cause: asked_first
import multiprocessing
import os
import signal
import time


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    return (multiprocessing.current_process().name, os.getpid(), os.getppid())


def kill_process(pid):
    os.kill(pid, signal.SIGHUP)
    time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
