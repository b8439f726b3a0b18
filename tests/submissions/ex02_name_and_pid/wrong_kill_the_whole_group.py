# fails: check_kill_ends_no_other check_kill_ends_the_process check_kill_cannot_be_ignored check_kill_ends_one_that_is_no_child check_kill_does_not_wait check_kill_ends_another_one_each_time check_kill_ends_no_child_of_it
# cause: died
# verdict: crashed
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
    os.killpg(os.getpgid(pid), signal.SIGKILL)
