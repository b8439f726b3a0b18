# fails: check_kill_does_not_wait
# cause: waited_for_it
import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
    for child in multiprocessing.active_children():
        if child.pid == pid:
            child.join()
