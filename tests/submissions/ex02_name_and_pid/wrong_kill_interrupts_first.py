# fails: check_kill_cannot_be_ignored
# cause: asked_first
import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    return (multiprocessing.current_process().name, os.getpid(), os.getppid())


def kill_process(pid):
    os.kill(pid, signal.SIGINT)
    os.kill(pid, signal.SIGKILL)
