# fails: check_named_calls_target_once
# cause: extra_call
import multiprocessing
import os
import signal


def twice(target):
    target()
    target()


def start_named_process(name, target):
    process = multiprocessing.Process(target=twice, args=(target,), name=name)
    process.start()
    return process


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
