# fails: check_identify_in_the_main_process check_identify_in_a_child check_identify_anew_each_time
# cause: no_such_function
import multiprocessing
import os
import signal


def start_named_process(name, target):
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process


def who_am_i():
    return multiprocessing.current_process().name, os.getpid(), os.getppid()


def kill_process(pid):
    os.kill(pid, signal.SIGKILL)
