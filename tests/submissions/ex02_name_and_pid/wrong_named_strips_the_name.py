# fails: check_name_is_known_in_the_child check_name_is_known_outside
# cause: -
import multiprocessing
import os
import signal


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name.strip())
    process.start()
    return process
