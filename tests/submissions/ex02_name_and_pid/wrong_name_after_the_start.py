# fails: check_name_is_known_in_the_child check_named_starts_a_new_process_each_time
# cause: default_name
import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target)
    process.start()
    process.name = name
    return process


def identify():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
